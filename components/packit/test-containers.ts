/** Name of the container that hands over the code under test, by which commands find its image. */
export const CODE_CONTAINER = "take-code";
