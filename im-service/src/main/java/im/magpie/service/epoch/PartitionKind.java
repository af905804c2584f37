package im.magpie.service.epoch;

/** What a partition holds. */
public enum PartitionKind {
    CONVERSATION('c'),
    USER('u');

    private final char letter;

    PartitionKind(char letter) {
        this.letter = letter;
    }

    /** Returns what stands for the kind in keys and in MySQL. */
    public char letter() {
        return letter;
    }
}
