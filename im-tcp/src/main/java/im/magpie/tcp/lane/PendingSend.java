package im.magpie.tcp.lane;

import com.google.protobuf.ByteString;
import im.magpie.common.rpc.Shape;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.tcp.work.Backoff;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way through a lane. What changes of it belongs to the lane's thread.
 *
 * <p>It begins unchecked, is checked, and from its first offer whose outcome was lost on, or that left it pending, it
 * is in doubt: the services may have accepted it, so that its sender must not hear of a failure any more.
 */
public final class PendingSend {

    private final SubmitItem item;
    private final Pair pair;
    private final Consumer<SendAnswer> answers;
    private @Nullable Shape shape;
    private boolean resend;
    private boolean behindRefused;
    private boolean inDoubt;
    private boolean answered;
    private int faults;
    private int turns;
    private long arrived;
    private long undecidedSince;
    private long due;

    /**
     * Makes a send that was not offered yet.
     *
     * @param item the message, its shape version left out
     * @param answers is told once, on the lane's thread, and must not block
     */
    public PendingSend(SubmitItem item, Consumer<SendAnswer> answers) {
        this.item = item;
        this.pair = new Pair(item.getConnectionId(), item.getConversationId());
        this.answers = answers;
    }

    /** Returns whose order is kept. */
    Pair pair() {
        return pair;
    }

    String appId() {
        return item.getAppId();
    }

    String conversationId() {
        return item.getConversationId();
    }

    /** Returns the 16 bytes that name it among its sender's messages. */
    ByteString clientMessageId() {
        return item.getClientMessageId();
    }

    /** Returns what names the span of a message that is followed; empty for all others. */
    ByteString trace() {
        return item.getTrace();
    }

    int contentBytes() {
        return item.getContent().size();
    }

    /** Returns who is checked for it. */
    Writer writer() {
        return Writer.of(item);
    }

    /** Returns what is offered: the message as it was checked. */
    SubmitItem submitItem() {
        if (resend) {
            return item.toBuilder().setResend(true).build();
        }
        // Always so in a private conversation: nothing has to be copied.
        if (shape == null || shape.getVersion() == 0) {
            return item;
        }
        return item.toBuilder().setShapeVersion(shape.getVersion()).build();
    }

    /** Returns what it was checked against, or null when it has to be checked. */
    @Nullable
    Shape shape() {
        return shape;
    }

    boolean checked() {
        return shape != null;
    }

    void passed(Shape shape) {
        this.shape = shape;
    }

    /** It passed because it was accepted before: it is offered for the answer that it had, whatever the shape. */
    void passedAsResend() {
        shape = Shape.getDefaultInstance();
        resend = true;
    }

    boolean resend() {
        return resend;
    }

    /** It was here already when an earlier one of its pair was refused for good. */
    void standBehindRefused() {
        behindRefused = true;
    }

    boolean behindRefused() {
        return behindRefused;
    }

    void checkAgain() {
        shape = null;
        resend = false;
    }

    void arrives(long now) {
        arrived = now;
    }

    /** Returns for how many nanoseconds it has been here. */
    long age(long now) {
        return now - arrived;
    }

    /** Leaves it undecided for this time; it is due again at once for the first time, and at growing intervals then. */
    void putOff(long now, Backoff backoff) {
        if (turns == 0) {
            undecidedSince = now;
        }
        due = turns == 0 ? now : now + backoff.pause(turns - 1).toNanos();
        turns++;
    }

    /** Returns the nanoseconds until it may be offered, at most zero when that is now. */
    long untilDue(long now) {
        return turns == 0 ? 0 : due - now;
    }

    /** Returns for how many nanoseconds it has been undecided. */
    long undecidedFor(long now) {
        return turns == 0 ? 0 : now - undecidedSince;
    }

    /** It failed alone while others were answered. */
    void fault() {
        faults++;
    }

    int faults() {
        return faults;
    }

    boolean inDoubt() {
        return inDoubt;
    }

    void doubt() {
        inDoubt = true;
    }

    void answer(SendAnswer answer) {
        answered = true;
        answers.accept(answer);
    }

    boolean answered() {
        return answered;
    }
}
