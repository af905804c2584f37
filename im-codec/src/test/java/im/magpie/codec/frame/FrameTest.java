package im.magpie.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.LeakCheck;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FrameTest {

    @RegisterExtension
    final LeakCheck memory = new LeakCheck();

    @Test
    void countsItsBodysReferences() {
        var body = memory.allocator().buffer(1);
        var frame = new Frame(BodyEncoding.PROTOBUF, false, 1, 0, 1, body);

        frame.retain().retain(2).touch().touch("here");
        assertThat(frame.refCnt()).isEqualTo(4);
        assertThat(frame.release(2)).isFalse();
        assertThat(ReferenceCountUtil.release(frame)).isFalse();
        assertThat(frame.release()).isTrue();

        assertThat(body.refCnt()).isZero();
    }
}
