package im.magpie.common.broker;

/** The exchanges and queues; every service that uses one declares it by these names. */
public final class BrokerNames {

    /** Direct, routing key = the store queue's number. */
    public static final String STORE_EXCHANGE = "im.store";

    /** Direct, routing key = the node incarnation. */
    public static final String PUSH_EXCHANGE = "im.push";

    /** Fanout, one queue of the same name. */
    public static final String DEAD_EXCHANGE = "im.dead";

    public static final String DEAD_QUEUE = "im.dead";

    /** Returns the durable queue that feeds the message tables, for the store queue numbers of {@code Partitions}. */
    public static String storeQueue(int number) {
        return STORE_EXCHANGE + "." + number;
    }

    /** Returns the exclusive queue of one life of a gateway node. */
    public static String pushQueue(String incarnation) {
        return PUSH_EXCHANGE + "." + incarnation;
    }

    private BrokerNames() {}
}
