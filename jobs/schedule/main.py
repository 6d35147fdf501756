"""Runs commands by schedule beside a pod's other containers, where no pod of its own would do.

Its argument is a list in JSON of objects with name, schedule and command. A run that is still going on when the next
is due is not doubled.
"""

import json
import signal
import subprocess
import sys
import threading

import cron

# Longest sleep in seconds: a clock that is set is noticed.
MAX_SLEEP = 60

stopped = threading.Event()


def run(name, command):
    """One run, whose output is this program's."""
    print(f"{name}: begins", flush=True)
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    except OSError as error:
        print(f"{name}: {error}", flush=True)
        return
    while process.poll() is None:
        if stopped.wait(0.2):
            process.terminate()
            process.wait()
    print(f"{name}: ended with {process.returncode}", flush=True)


def follow(task):
    """Runs a task at its times."""
    schedule = cron.Schedule(task["schedule"])
    due = schedule.after(cron.now())
    while not stopped.is_set():
        left = (due - cron.now()).total_seconds()
        if left > 0:
            stopped.wait(min(left, MAX_SLEEP))
            continue
        run(task["name"], task["command"])
        due = schedule.after(cron.now())


def main():
    tasks = json.loads(sys.argv[1])
    for task in tasks:
        # What is wrong is told at once, and not at night.
        due = cron.Schedule(task["schedule"]).after(cron.now())
        print(f"{task['name']}: next at {due:%Y-%m-%d %H:%M} UTC", flush=True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    threads = [threading.Thread(target=follow, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
