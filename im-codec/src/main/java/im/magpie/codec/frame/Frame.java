package im.magpie.codec.frame;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;

/**
 * A whole frame as it was read. Whoever gets it releases it, and the body with it.
 *
 * @param compressed whether the body travelled compressed
 * @param command the command's number, known or not
 * @param status 0 in requests and pushes, the number of an error code in replies
 * @param requestId the request's number; 32 unsigned bits
 * @param body the body, decompressed
 */
public record Frame(BodyEncoding encoding, boolean compressed, int command, int status, int requestId, ByteBuf body)
        implements ReferenceCounted {

    @Override
    public int refCnt() {
        return body.refCnt();
    }

    @Override
    public Frame retain() {
        body.retain();
        return this;
    }

    @Override
    public Frame retain(int increment) {
        body.retain(increment);
        return this;
    }

    @Override
    public Frame touch() {
        body.touch();
        return this;
    }

    @Override
    public Frame touch(Object hint) {
        body.touch(hint);
        return this;
    }

    @Override
    public boolean release() {
        return body.release();
    }

    @Override
    public boolean release(int decrement) {
        return body.release(decrement);
    }
}
