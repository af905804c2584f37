package im.magpie.common.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

class ServiceApplicationTest {

    private static final int PATIENCE_SECONDS = 60;

    @Test
    void aServiceThatCanNotStartEndsItsProcess() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("java.class.path");
        var process = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classes, Lame.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A service that begins a thread, and then finds out that it can't start. */
    static class Lame {

        Lame() throws InterruptedException {
            var begun = new CountDownLatch(1);
            var never = new CountDownLatch(1);
            Thread.ofPlatform().daemon(false).start(() -> {
                begun.countDown();
                try {
                    never.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            begun.await();
            throw new IllegalStateException("it is lame");
        }

        public static void main(String[] arguments) {
            ServiceApplication.run(new SpringApplicationBuilder(Lame.class).web(WebApplicationType.NONE), arguments);
        }
    }
}
