package im.magpie.common.broker;

import java.util.Map;

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

    /**
     * Returns the arguments of a store queue. A broker refuses a queue that is declared a second time with others, so all who declare one
     * take them from here, and {@code replicated} from the same setting, {@code im.broker.replicated-queues}.
     *
     * @param replicated whether the brokers are a cluster, which then keeps a copy of the queue on several of them
     */
    public static Map<String, Object> storeQueueArguments(boolean replicated) {
        return replicated
                ? Map.of("x-single-active-consumer", true, "x-queue-type", "quorum")
                : Map.of("x-single-active-consumer", true);
    }

    /** Returns the exclusive queue of one life of a gateway node. */
    public static String pushQueue(String incarnation) {
        return PUSH_EXCHANGE + "." + incarnation;
    }

    private BrokerNames() {}
}
