package im.magpie.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.device.DeviceSettings;
import im.magpie.tcp.group.GroupSettings;
import im.magpie.tcp.heartbeat.HeartbeatSettings;
import im.magpie.tcp.lane.LaneSettings;
import im.magpie.tcp.login.LoginSettings;
import im.magpie.tcp.node.NodeSettings;
import im.magpie.tcp.room.RoomWorkSettings;
import im.magpie.tcp.timeline.MarkSettings;
import im.magpie.tcp.timeline.ReadingSettings;
import im.magpie.tcp.transport.LimitSettings;
import im.magpie.tcp.transport.ListenSettings;
import im.magpie.tcp.transport.TlsSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

class GatewayPropertiesTest {

    private static final String EVERYTHING = """
        node-id=gate
        host=im.example
        dead-after=40s
        slow-consumer-timeout=41s
        listen.address=::1
        listen.tcp-port=1
        listen.web-socket-port=2
        listen.allowed-origins=https://a.example,https://b.example
        listen.tls.certificate=/a.crt
        listen.tls.private-key=/a.key
        listen.event-loops=3
        listen.max-connections=4
        limits.max-login-body-bytes=5
        limits.max-body-bytes=6
        limits.max-content-bytes=7
        limits.max-unanswered=8
        limits.write-high-water-mark=9
        login.deadline=10s
        login.calls=11
        login.max-batch=13
        login.queue=12
        lane.count=13
        lane.capacity=14
        lane.max-batch=15
        lane.max-batch-bytes=16
        lane.spacing=97ms
        lane.hold=17s
        lane.retry-after=18ms
        lane.check-patience=19s
        lane.submit-patience=36s
        lane.first-pause=20ms
        lane.longest-pause=21ms
        delivery.window=22
        delivery.resend-after=23s
        heartbeat.interval=4s
        heartbeat.patience=25s
        heartbeat.spread=26s
        heartbeat.capacity=27
        heartbeat.max-batch=28
        heartbeat.spacing=98ms
        reading.concurrency=29
        reading.queue=30
        marking.capacity=31
        marking.max-batch=32
        marking.max-positions=33
        marking.spacing=99ms
        marking.conversation-spacing=98ms
        devices.concurrency=37
        devices.queue=38
        groups.concurrency=39
        groups.queue=40
        groups.notice-interval=41s
        groups.renew-every=42s
        groups.doubt-patience=43ms
        room-work.concurrency=44
        room-work.queue=45
        room-work.lanes=46
        room-work.lane-capacity=47
        room-work.room-capacity=48
        room-work.max-batch=49
        room-work.max-batch-bytes=50
        room-work.renew-every=51s
        room-work.missed-patience=52ms
        node.broker-patience=34s
        node.renew-every=35s
        """;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(GatewayProperties.class)
    static class Bound {}

    private static GatewayProperties bind(Map<?, ?> settings) {
        var properties = new HashMap<String, Object>();
        settings.forEach((name, value) -> properties.put("im.tcp." + name, value));
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
            context.register(Bound.class);
            context.refresh();
            return context.getBean(GatewayProperties.class);
        }
    }

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new GatewayProperties(
                        "gateway-1",
                        "127.0.0.1",
                        Duration.ofSeconds(35),
                        Duration.ofSeconds(30),
                        new ListenSettings("0.0.0.0", 7300, 7301, List.of(), null, 0, 100_000),
                        new LimitSettings(65_536, 1_048_576, 32_768, 128, 262_144),
                        new LoginSettings(Duration.ofSeconds(5), 2, 128, 4096),
                        new LaneSettings(
                                2,
                                2048,
                                256,
                                2_097_152,
                                Duration.ofMillis(10),
                                Duration.ofSeconds(30),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(30),
                                Duration.ofMillis(20),
                                Duration.ofSeconds(1)),
                        new DeliverySettings(
                                256, List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20))),
                        new HeartbeatSettings(
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                100_000,
                                500,
                                Duration.ofMillis(500)),
                        new ReadingSettings(64, 2048),
                        new MarkSettings(10_000, 500, Duration.ofMillis(50), Duration.ofSeconds(1), 100),
                        new DeviceSettings(8, 512),
                        new GroupSettings(
                                16, 1024, Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMillis(200)),
                        new RoomWorkSettings(
                                16, 1024, 4, 1024, 256, 256, 2_097_152, Duration.ofSeconds(10), Duration.ofMillis(200)),
                        new NodeSettings(Duration.ofSeconds(60), Duration.ofSeconds(5))));
    }

    @Test
    void everythingCanBeSet() throws IOException {
        var settings = new Properties();
        settings.load(new StringReader(EVERYTHING));

        assertThat(bind(settings))
                .isEqualTo(new GatewayProperties(
                        "gate",
                        "im.example",
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(41),
                        new ListenSettings(
                                "::1",
                                1,
                                2,
                                List.of("https://a.example", "https://b.example"),
                                new TlsSettings(Path.of("/a.crt"), Path.of("/a.key")),
                                3,
                                4),
                        new LimitSettings(5, 6, 7, 8, 9),
                        new LoginSettings(Duration.ofSeconds(10), 11, 13, 12),
                        new LaneSettings(
                                13,
                                14,
                                15,
                                16,
                                Duration.ofMillis(97),
                                Duration.ofSeconds(17),
                                Duration.ofMillis(18),
                                Duration.ofSeconds(19),
                                Duration.ofSeconds(36),
                                Duration.ofMillis(20),
                                Duration.ofMillis(21)),
                        new DeliverySettings(22, List.of(Duration.ofSeconds(23))),
                        new HeartbeatSettings(
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(25),
                                Duration.ofSeconds(26),
                                27,
                                28,
                                Duration.ofMillis(98)),
                        new ReadingSettings(29, 30),
                        new MarkSettings(31, 32, Duration.ofMillis(99), Duration.ofMillis(98), 33),
                        new DeviceSettings(37, 38),
                        new GroupSettings(
                                39, 40, Duration.ofSeconds(41), Duration.ofSeconds(42), Duration.ofMillis(43)),
                        new RoomWorkSettings(44, 45, 46, 47, 48, 49, 50, Duration.ofSeconds(51), Duration.ofMillis(52)),
                        new NodeSettings(Duration.ofSeconds(34), Duration.ofSeconds(35))));
    }

    @ParameterizedTest
    @CsvSource({
        "node-id, with spaces",
        "host, ''",
        "dead-after, 20s",
        "listen.tcp-port, 70000",
        "listen.tls.certificate, /alone.crt",
        "limits.max-unanswered, 1",
        "limits.max-body-bytes, 100",
        "login.calls, 0",
        "lane.count, 0",
        "lane.max-batch, 1001",
        "delivery.window, 0",
        "delivery.resend-after, ''",
        "heartbeat.max-batch, 1001",
        "reading.queue, 0",
        "marking.max-positions, 0",
        "devices.concurrency, 0",
        "node.renew-every, soon"
    })
    void whatMakesNoSenseIsRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of(name, value))).rootCause().isInstanceOf(Exception.class);
    }
}
