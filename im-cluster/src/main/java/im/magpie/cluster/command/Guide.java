package im.magpie.cluster.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tells who has started a cluster where it listens and what to try next. */
record Guide(Map<String, String> addresses, Path folder) {

    void print(PrintWriter out) {
        for (var number = 1; addresses.containsKey("service_" + number); number++) {
            line(out, "HTTP API " + number, at("service_" + number));
        }
        line(out, "business system", at("business"));
        for (var number = 1; addresses.containsKey("gateway_" + number + "_tcp"); number++) {
            var gateway = "gateway_" + number;
            line(out, "gateway " + number, at(gateway + "_tcp") + " (TCP), " + at(gateway + "_websocket"));
        }
        var servers = List.of(at("database"), at("redis"), at("broker"), at("nacos"));
        line(out, "servers", "MariaDB %s, Redis %s, RabbitMQ %s, Nacos %s".formatted(servers.toArray()));
        line(out, "RabbitMQ's pages", at("broker_management"));
        line(out, "data", folder + "; its file \"secrets\" holds the passwords, its file \"addresses\" all addresses");
        out.print("""

            Now try
              ./im cluster demo           two users chat over both gateways
              ./im cluster chat alice     and, in another terminal, ./im cluster chat bob
              ./im cluster status         who runs
              ./im cluster kill im-tcp-1  and ./im cluster restart im-tcp-1
              ./im cluster down           to stop it; the data stays
            """);
        out.flush();
    }

    private String at(String name) {
        return Objects.requireNonNull(addresses.get(name), name);
    }

    private static void line(PrintWriter out, String what, String where) {
        out.printf("  %-18s %s%n", what, where);
    }
}
