package im.magpie.service.avatar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where users have their avatars; it does what a test wants of it, good or bad. */
final class AvatarServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** Answers one call. */
    interface Answer {
        void to(HttpExchange call) throws IOException, InterruptedException;
    }

    AvatarServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.start();
    }

    /** Answers a path from now on, and returns its address. */
    URI answer(String path, Answer answer) {
        server.createContext(path, call -> {
            asked.add(path);
            try (call) {
                answer.to(call);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        return URI.create(prefix() + path.substring(1));
    }

    URI serve(String path, byte[] body) {
        return answer(path, call -> {
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
        });
    }

    /** Lets a call wait until this server ends. */
    void keepWaiting() throws InterruptedException {
        end.await();
    }

    String prefix() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Returns the paths that have been asked for, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
