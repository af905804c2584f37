package im.magpie.e2e.people;

import java.util.List;

/** Two people who write to each other. */
public record Couple(Person one, Person other) {

    public boolean has(Person person) {
        return person.equals(one) || person.equals(other);
    }

    /** Returns whom one of the two writes to. */
    public Person peerOf(Person person) {
        return person.equals(one) ? other : one;
    }

    String conversation() {
        return one.conversationWith(other);
    }

    List<String> userIds() {
        return List.of(one.userId(), other.userId());
    }
}
