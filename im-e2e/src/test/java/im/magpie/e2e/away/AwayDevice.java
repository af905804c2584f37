package im.magpie.e2e.away;

import im.magpie.client.Account;
import im.magpie.client.ClientListener;
import im.magpie.client.ClientOptions;
import im.magpie.client.GatewayAddress;
import im.magpie.client.MagpieClient;
import im.magpie.client.store.FileClientStore;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.e2e.wire.Tokens;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A device with its store in a folder: it signs in, gets everything that it has missed, and says how long that took and what it is left with. Fails
 * when a conversation is not in order, without gaps, from where the device was.
 */
final class AwayDevice implements ClientListener {

    private static final long PATIENCE_MINUTES = 2;

    private final Map<String, Long> shown = new HashMap<>();
    private final CountDownLatch missing;
    private volatile String fault = "";

    private AwayDevice(Map<String, Long> positions, int missing) {
        this.shown.putAll(positions);
        this.missing = new CountDownLatch(missing);
    }

    /** Takes a gateway's host and port, a user's id and userSig, the folder, and how many messages the device lacks. */
    public static void main(String[] args) throws InterruptedException {
        var account = new Account(Tokens.APP, args[2], ClientType.LINUX, "desk");
        var store = FileClientStore.open(Path.of(args[4]));
        var device = new AwayDevice(store.positions(), Integer.parseInt(args[5]));
        var gateway = new GatewayAddress(args[0], Integer.parseInt(args[1]));
        var begun = System.nanoTime();
        try (var _ = MagpieClient.start(ClientOptions.of(account, () -> List.of(gateway), () -> args[3], device)
                .withStore(store))) {
            if (!device.missing.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                device.fault = device.missing.getCount() + " messages are still missing";
            }
            if (!device.fault.isEmpty()) {
                throw new IllegalStateException(device.fault);
            }
            System.gc();
            var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            System.out.printf(
                    "%s messages of %d conversations within %d ms; %d KiB of %d KiB heap are in use then%n",
                    args[5],
                    device.shown.size(),
                    (System.nanoTime() - begun) / 1_000_000,
                    heap.getUsed() / 1024,
                    heap.getMax() / 1024);
        }
    }

    @Override
    public void onMessage(ChatMessage message) {
        var before = shown.put(message.getConversationId(), message.getSequence());
        var due = before == null ? 1 : before + 1;
        if (message.getSequence() != due) {
            fault = "%s:%d came where %d was due".formatted(message.getConversationId(), message.getSequence(), due);
        }
        missing.countDown();
    }
}
