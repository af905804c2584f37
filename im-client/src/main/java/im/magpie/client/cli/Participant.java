package im.magpie.client.cli;

import im.magpie.client.ClientListener;
import im.magpie.client.MagpieClient;
import im.magpie.client.SentMessage;
import im.magpie.client.store.ClientStore;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Somebody who chats under observation: what reaches him is remembered with its time, and can be waited for. */
final class Participant {

    /** A message that has reached a participant. */
    record Heard(ChatMessage message, long nanoTime) {

        String text() {
            return message.getContent().getText().getText();
        }
    }

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SignedInUser user;
    private final ClientStore store = new MemoryClientStore();
    private final List<Heard> heard = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private @Nullable MagpieClient client;

    Participant(SignedInUser user) {
        this.user = user;
    }

    String name() {
        return user.userId();
    }

    /** Signs in on a node and catches up. */
    void signIn(String node) {
        var options = user.on(node).client("demo", new Ears()).withStore(store);
        client = MagpieClient.start(options);
        await(client.ready(), "%s to sign in on %s".formatted(name(), node));
    }

    void logOut() {
        await(client().logout(), name() + " to log out");
    }

    MagpieClient client() {
        if (client == null) {
            throw new IllegalStateException(name() + " has not signed in");
        }
        return client;
    }

    void close() {
        if (client != null) {
            client.close();
        }
    }

    SentMessage send(String conversationId, String text) {
        return await(client().sendText(conversationId, text), "the acknowledgement of \"%s\"".formatted(text));
    }

    synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** Waits until so many messages have come in all, and returns the last of them. */
    Heard awaitMessage(int count) {
        await(() -> heard.size() >= count, "message %d to reach %s".formatted(count, name()));
        synchronized (this) {
            return heard.get(count - 1);
        }
    }

    /** Waits until somebody is known to have got everything up to a sequence, or to have read it. */
    void awaitReceipt(String userId, long sequence, boolean read) {
        await(
                () -> receipts.stream()
                        .filter(receipt -> receipt.getUserId().equals(userId))
                        .anyMatch(receipt ->
                                (read ? receipt.getReadSequence() : receipt.getDeliveredSequence()) >= sequence),
                "the receipt that %s has %s message %d to reach %s"
                        .formatted(userId, read ? "read" : "got", sequence, name()));
    }

    private synchronized void await(BooleanSupplier condition, String what) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                var left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw tooLong(what);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted");
        }
    }

    static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailedException("Waited in vain for %s: %s".formatted(what, e.getCause()));
        } catch (TimeoutException _) {
            throw tooLong(what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted");
        }
    }

    private static CommandFailedException tooLong(String what) {
        return new CommandFailedException("Waited %d s in vain for %s".formatted(PATIENCE.toSeconds(), what));
    }

    private final class Ears implements ClientListener {

        @Override
        public void onMessage(ChatMessage message) {
            var now = System.nanoTime();
            synchronized (Participant.this) {
                heard.add(new Heard(message, now));
                Participant.this.notifyAll();
            }
        }

        @Override
        public void onReceipt(Receipt receipt) {
            synchronized (Participant.this) {
                receipts.add(receipt);
                Participant.this.notifyAll();
            }
        }
    }
}
