package im.magpie.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An allocator of a test's own, all of whose memory has to be back when the test ends. Netty's paranoid detection is on beside it,
 * so that the log names the places where a buffer that is missing was touched.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {

    private UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    public ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        allocator = new UnpooledByteBufAllocator(true);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            return;
        }
        var leaked = allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
        if (leaked > 0) {
            // Netty logs where a lost buffer was touched when the next one is allocated after its collection.
            System.gc();
            allocator.buffer().release();
        }
        assertThat(leaked).as("bytes leaked").isZero();
    }
}
