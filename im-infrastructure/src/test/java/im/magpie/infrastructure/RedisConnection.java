package im.magpie.infrastructure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** As much of a Redis client as the tests need: commands as a line of words, replies as text. */
final class RedisConnection implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader replies;

    RedisConnection(ServerAddress address) throws IOException {
        socket = new Socket(address.host(), address.port());
        replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static RedisConnection authenticated(ServerAddress address) throws IOException {
        var connection = new RedisConnection(address);
        connection.call("AUTH " + address.credentials().password());
        return connection;
    }

    /** Returns a simple reply or an error as it comes, a bulk reply without its length, an array as its last element. */
    String call(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return read();
    }

    private String read() throws IOException {
        var line = replies.readLine();
        if (line.startsWith("*")) {
            var last = "";
            for (int i = 0; i < Integer.parseInt(line.substring(1)); i++) {
                last = read();
            }
            return last;
        }
        if (!line.startsWith("$") || line.equals("$-1")) {
            return line;
        }
        var bulk = new char[Integer.parseInt(line.substring(1)) + 2];
        for (int read = 0; read < bulk.length; ) {
            read += replies.read(bulk, read, bulk.length - read);
        }
        return new String(bulk, 0, bulk.length - 2);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
