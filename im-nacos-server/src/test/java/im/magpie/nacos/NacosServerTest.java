package im.magpie.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.nacos.api.PropertyKeyConst;
import com.alibaba.nacos.api.naming.NamingFactory;
import com.alibaba.nacos.api.naming.listener.NamingEvent;
import com.alibaba.nacos.api.naming.pojo.Instance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NacosServerTest {

    private static final int[] DISTANCES = {-1000, 0, 1000};
    private static final int TIMEOUT_MILLIS = 5_000;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static int port;

    @BeforeAll
    static void start() {
        do {
            port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
        } while (!IntStream.of(DISTANCES).allMatch(distance -> isFree(port + distance)));
        // Not a folder that is deleted behind the tests: the server goes on writing until the JVM ends.
        NacosServer.main(new String[] {Integer.toString(port), "target/nacos-" + port});
    }

    @Test
    void listsWhoHasRegistered() throws Exception {
        assertThat(post("/v1/ns/instance?serviceName=example&ip=127.0.0.1&port=8080"))
                .isEqualTo("ok");

        await("/v1/ns/instance/list?serviceName=example", "\"instanceId\":\"127.0.0.1#8080#");
    }

    @Test
    void tellsWhoHasSubscribedWhenTheListChanges() throws Exception {
        var properties = new Properties();
        properties.setProperty(PropertyKeyConst.SERVER_ADDR, "127.0.0.1:" + port);
        properties.setProperty(PropertyKeyConst.NAMING_ASYNC_QUERY_SUBSCRIBE_SERVICE, "false");
        var client = NamingFactory.createNamingService(properties);
        try {
            var told = new LinkedBlockingQueue<List<Instance>>();
            client.subscribe("pushed", event -> told.add(((NamingEvent) event).getInstances()));

            client.registerInstance("pushed", "127.0.0.1", 8081);

            var instances = told.poll(30, TimeUnit.SECONDS);
            while (instances != null && instances.isEmpty()) {
                instances = told.poll(30, TimeUnit.SECONDS);
            }
            assertThat(instances).extracting(Instance::getPort).containsExactly(8081);
        } finally {
            client.shutDown();
        }
    }

    @Test
    void keepsAConfiguration() throws Exception {
        assertThat(post("/v1/cs/configs?dataId=example.yaml&group=DEFAULT_GROUP&content=a%3A1"))
                .isEqualTo("true");

        await("/v1/cs/configs?dataId=example.yaml&group=DEFAULT_GROUP", "a:1");
    }

    @Test
    void listensForThisMachineOnly() throws Exception {
        var others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();

        for (var distance : DISTANCES) {
            assertThat(accepts(InetAddress.getLoopbackAddress(), port + distance))
                    .isTrue();
            assertThat(others).noneMatch(address -> accepts(address, port + distance));
        }
    }

    private static void await(String path, String text) throws Exception {
        var request = HttpRequest.newBuilder(uri(path)).build();
        var deadline = System.nanoTime() + 30_000_000_000L;
        var answer = "";
        while (!answer.contains(text) && System.nanoTime() < deadline) {
            answer = HTTP.send(request, BodyHandlers.ofString()).body();
        }
        assertThat(answer).contains(text);
    }

    private static String post(String path) throws Exception {
        var request =
                HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()).build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/nacos" + path);
    }

    private static boolean accepts(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
