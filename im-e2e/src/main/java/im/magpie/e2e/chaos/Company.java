package im.magpie.e2e.chaos;

import java.util.List;

/**
 * A group of a run.
 *
 * @param owner who makes it, and stays
 * @param people everybody who may come into it
 * @param openHistory newcomers read it from the beginning
 * @param least while there are no more in it, nobody is sent away, or goes by himself
 * @param most while there are as many in it, nobody is brought in
 */
record Company(String conversation, String owner, List<String> people, boolean openHistory, int least, int most) {

    /** Returns those besides the owner with whom it is made: as few as may be. */
    List<String> firstOthers() {
        return people.stream()
                .filter(user -> !user.equals(owner))
                .limit(least - 1L)
                .toList();
    }
}
