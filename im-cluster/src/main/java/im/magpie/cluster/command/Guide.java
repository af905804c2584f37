package im.magpie.cluster.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/** Tells who has started a cluster where it listens and what to try next. */
record Guide(Map<String, String> addresses, Path folder) {

    void print(PrintWriter out) {
        for (var number = 1; addresses.containsKey("service_" + number); number++) {
            line(out, "HTTP API " + number, addresses.get("service_" + number));
        }
        line(out, "business system", addresses.get("business"));
        for (var number = 1; addresses.containsKey("gateway_" + number + "_tcp"); number++) {
            line(
                    out,
                    "gateway " + number,
                    addresses.get("gateway_" + number + "_tcp") + " (TCP), "
                            + addresses.get("gateway_" + number + "_websocket"));
        }
        line(
                out,
                "servers",
                "MariaDB %s, Redis %s, RabbitMQ %s, Nacos %s"
                        .formatted(
                                addresses.get("database"),
                                addresses.get("redis"),
                                addresses.get("broker"),
                                addresses.get("nacos")));
        line(out, "RabbitMQ's pages", addresses.get("broker_management"));
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

    private static void line(PrintWriter out, String what, Object where) {
        out.printf("  %-18s %s%n", what, where);
    }
}
