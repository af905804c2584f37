package im.magpie.standalone;

import im.magpie.common.node.GatewayNode;
import im.magpie.infrastructure.EmbeddedInfrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/**
 * {@code addresses} in the data folder: where everything listens, as {@code name=value} lines that a shell can read. It is there while the
 * system runs and is ready. Secrets are not in it.
 */
final class AddressFile {

    private final Path file;

    AddressFile(Path data) {
        this.file = data.resolve("addresses");
    }

    void write(Services services, StandaloneOptions options, EmbeddedInfrastructure infrastructure) {
        var text = new StringBuilder();
        line(text, "pid", ProcessHandle.current().pid());
        line(text, "service", "http://%s:%d".formatted(options.host(), services.servicePort()));
        line(text, "business", "http://%s:%d".formatted(options.host(), services.businessPort()));
        line(text, "management", "http://127.0.0.1:" + services.managementPort());
        var nodes = sorted(services.nodes().nodes());
        line(text, "gateways", nodes.size());
        for (var i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            line(text, "gateway_%d_tcp".formatted(i + 1), node.host() + ":" + node.tcpPort());
            line(
                    text,
                    "gateway_%d_websocket".formatted(i + 1),
                    "ws://%s:%d/im".formatted(node.host(), node.webSocketPort()));
        }
        line(text, "database", infrastructure.addresses().database());
        line(text, "redis", infrastructure.addresses().redis());
        line(text, "broker", infrastructure.addresses().broker());
        try {
            var fresh = file.resolveSibling("addresses.new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<GatewayNode> sorted(List<GatewayNode> nodes) {
        return nodes.stream().sorted(Comparator.comparing(GatewayNode::nodeId)).toList();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append('=').append(value).append('\n');
    }
}
