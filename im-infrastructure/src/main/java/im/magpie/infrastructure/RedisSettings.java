package im.magpie.infrastructure;

/** How a Redis of Magpie is configured, whoever runs it. */
public final class RedisSettings {

    /** Returns the text of a configuration file for a Redis on the loopback address, into which its password goes. */
    public static String configuration(int port, String password) {
        // The title replaces the command line, by which the process is known to be ours: it has to name the folder.
        return """
            bind %s
            port %d
            requirepass %s
            appendonly yes
            appendfsync everysec
            save ""
            auto-aof-rewrite-min-size 1gb
            rdbcompression no
            maxmemory-policy noeviction
            repl-backlog-ttl 0
            proc-title-template "{title} {listen-addr} {config-file}"
            """.formatted(ServerAddress.LOOPBACK, port, password);
    }

    private RedisSettings() {}
}
