package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Retry;
import im.magpie.client.connection.Timings;
import im.magpie.client.store.ClientStore;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learns what changed for the user while the device was not told. A page's version is remembered only when the messages
 * it promises are here, so a device that stops in the middle asks for the same page again. Used by the client's loop
 * only.
 */
public final class Syncer implements LinkUser {

    /** Hears what a sync brings. */
    public interface Listener {

        /** A conversation has changed; this is how the server sees it. Its messages are here. */
        void changed(ConversationEntry conversation);

        /** The device has everything that the server had when it was last asked. */
        void caughtUp();
    }

    private final ClientStore store;
    private final Timelines timelines;
    private final Timings timings;
    private final Listener listener;
    private boolean underWay;
    private boolean again;
    private @Nullable Link link;

    public Syncer(ClientStore store, Timelines timelines, Timings timings, Listener listener) {
        this.store = store;
        this.timelines = timelines;
        this.timings = timings;
        this.listener = listener;
    }

    @Override
    public void online(Link link) {
        this.link = link;
        sync();
    }

    @Override
    public void offline() {
        link = null;
        underWay = false;
    }

    /** The server is at this version: asks what changed if the device has another. */
    public void heardOf(IndexVersion version) {
        if (!version.equals(store.version())) {
            sync();
        }
    }

    /** Asks what changed; once more afterwards, if it is being asked. */
    public void sync() {
        var from = link;
        if (from == null) {
            return;
        }
        if (underWay) {
            again = true;
            return;
        }
        underWay = true;
        again = false;
        ask(from);
    }

    private void ask(Link from) {
        from.request(id -> new Request.Sync(id, request()), timings.reply(), reply -> {
            if (from != link) {
                return;
            }
            if (reply instanceof Reply.SyncOk ok) {
                take(from, ok.body());
            } else {
                from.later(Retry.after(reply, timings), () -> ask(from));
            }
        });
    }

    private SyncRequest request() {
        var version = store.version();
        return version.equals(IndexVersion.getDefaultInstance())
                ? SyncRequest.getDefaultInstance()
                : SyncRequest.newBuilder().setSince(version).build();
    }

    private void take(Link from, SyncReply page) {
        Map<String, Long> newest = new LinkedHashMap<>();
        for (var entry : page.getConversationsList()) {
            newest.put(entry.getConversationId(), entry.getNewestSequence());
        }
        timelines.catchUp(newest, () -> {
            if (from == link) {
                taken(from, page);
            }
        });
    }

    private void taken(Link from, SyncReply page) {
        store.version(page.getVersion());
        for (var entry : page.getConversationsList()) {
            if (entry.getDeliveredSequence() < timelines.position(entry.getConversationId())) {
                timelines.acknowledgeAgain(entry.getConversationId());
            }
            listener.changed(entry);
        }
        if (page.getMore()) {
            ask(from);
            return;
        }
        underWay = false;
        if (again) {
            sync();
        } else {
            listener.caughtUp();
        }
    }
}
