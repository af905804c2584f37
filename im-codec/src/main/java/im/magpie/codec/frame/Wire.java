package im.magpie.codec.frame;

/**
 * What the codec handlers of one connection share: the form it is answered in, how large a body it may send, and whether anything of it is read
 * any more. Used by the connection's event loop only.
 */
public final class Wire {

    private final FrameLimits limits;
    private int maxBodyBytes;
    private WireForm form;
    private boolean compressing;
    private boolean formFixed;
    private boolean broken;

    private Wire(FrameLimits limits, WireForm form, boolean compressing, boolean formFixed) {
        this.limits = limits;
        this.maxBodyBytes = limits.beforeLogin();
        this.form = form;
        this.compressing = compressing;
        this.formFixed = formFixed;
    }

    /** Returns the wire of a server's connection, which answers in the form of the first packet it reads. */
    public static Wire ofServer(FrameLimits limits) {
        return new Wire(limits, WireForm.PROTOBUF, false, false);
    }

    /**
     * Returns the wire of a client's connection, which always writes in one form.
     *
     * @param compressing whether large bodies are compressed; a server answers in kind
     */
    public static Wire ofClient(FrameLimits limits, WireForm form, boolean compressing) {
        return new Wire(limits, form, compressing, true);
    }

    /** Takes the form of a packet that was read, if it is the first one. */
    public void adopt(WireForm form, boolean compressing) {
        if (!formFixed) {
            this.form = form;
            this.compressing = compressing;
            formFixed = true;
        }
    }

    public WireForm form() {
        return form;
    }

    /** Returns whether large bodies are compressed on their way out. */
    public boolean compressing() {
        return compressing;
    }

    /** Returns the largest body in bytes that is read now. */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /** Raises the limit, because the peer is known from now on. */
    public void loggedIn() {
        maxBodyBytes = limits.afterLogin();
    }

    /** Says that something malformed came: whatever follows it is discarded. */
    public void breakOff() {
        broken = true;
    }

    public boolean broken() {
        return broken;
    }
}
