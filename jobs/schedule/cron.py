"""Times of cron's five fields, in UTC."""

from datetime import datetime, timedelta, timezone

# Bounds of minute, hour, day, month and weekday; Sunday is 0 and 7.
BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))

# Every weekday of the 29th of February comes within this time.
MAX_DAYS = 366 * 40


class Schedule:
    """When something is due."""

    def __init__(self, text):
        fields = text.split()
        if len(fields) != len(BOUNDS):
            raise ValueError(f"{text!r} has not five fields: minute, hour, day, month and weekday")
        self.minutes, self.hours, self.days, self.months, weekdays = (
            _numbers(field, *bounds) for field, bounds in zip(fields, BOUNDS)
        )
        self.weekdays = {number % 7 for number in weekdays}
        # As cron has it: where both are restricted, one of the two is enough.
        self.either = not fields[2].startswith("*") and not fields[4].startswith("*")

    def after(self, moment):
        """The first time after a moment."""
        start = moment.astimezone(timezone.utc).replace(second=0, microsecond=0) + timedelta(minutes=1)
        day = start.replace(hour=0, minute=0)
        for _ in range(MAX_DAYS):
            if self._is_day(day):
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        time = day.replace(hour=hour, minute=minute)
                        if time >= start:
                            return time
            day += timedelta(days=1)
        raise ValueError("there is no such day")

    def _is_day(self, day):
        if day.month not in self.months:
            return False
        in_month = day.day in self.days
        in_week = day.isoweekday() % 7 in self.weekdays
        return in_month or in_week if self.either else in_month and in_week


def now():
    return datetime.now(timezone.utc)


def _numbers(field, least, most):
    numbers = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        if span == "*":
            first, last = least, most
        else:
            first, _, last = span.partition("-")
            first = int(first)
            last = int(last) if last else (most if step else first)
        if not least <= first <= last <= most:
            raise ValueError(f"{part!r} is not within {least} and {most}")
        numbers.update(range(first, last + 1, int(step) if step else 1))
    return numbers
