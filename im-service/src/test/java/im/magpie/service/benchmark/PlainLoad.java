package im.magpie.service.benchmark;

import java.nio.charset.StandardCharsets;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;

/** Single commands that write 150 bytes each, in pipelines: the least that keeping a message costs. */
final class PlainLoad implements Load {

    private static final byte[] VALUE = new byte[150];

    /** What writes them. */
    enum Command {
        SET,
        HSET
    }

    private final RedissonClient client;
    private final RedisMeter meter;
    private final Command command;
    private final int batch;
    private int next;

    /** @param batch how many commands are sent before the answer to the first of them is awaited */
    PlainLoad(RedissonClient client, Command command, int batch) {
        this.client = client;
        this.meter = new RedisMeter(client);
        this.command = command;
        this.batch = batch;
    }

    @Override
    public String name() {
        return command.name();
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public Cost run(int messages) {
        var pipelines = Math.ceilDiv(messages, batch);
        return meter.of(pipelines * batch, () -> {
            for (var i = 0; i < pipelines; i++) {
                pipeline();
            }
        });
    }

    private void pipeline() {
        var commands = client.createBatch();
        for (var i = 0; i < batch; i++) {
            add(commands, "message:" + next++);
        }
        commands.execute();
    }

    private void add(RBatch commands, String name) {
        switch (command) {
            case SET -> commands.getBucket(name, ByteArrayCodec.INSTANCE).setAsync(VALUE);
            case HSET ->
                commands.getMap("messages", ByteArrayCodec.INSTANCE)
                        .fastPutAsync(name.getBytes(StandardCharsets.US_ASCII), VALUE);
        }
    }
}
