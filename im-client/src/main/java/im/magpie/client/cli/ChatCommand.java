package im.magpie.client.cli;

import im.magpie.client.MagpieClient;
import im.magpie.client.RequestFailedException;
import im.magpie.client.store.FileClientStore;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Chats in a terminal, or from a script. */
@Command(
        name = "chat",
        description = "Chats in this terminal. Reads lines from a pipe as well. /help in the chat lists its commands.")
final class ChatCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "who you are; registered if nobody has this name")
    private String name = "";

    @Option(names = "--to", paramLabel = "NAME", description = "whom to talk to")
    private @Nullable String to;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:IM_PASSWORD}",
            description = "asked for where it is not given, here or in the variable IM_PASSWORD")
    private @Nullable String password;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "keeps what this device has (default: ~/.magpie/NAME)")
    private @Nullable Path data;

    @Mixin
    private BusinessOption business = new BusinessOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var console = console(spec.commandLine().getOut())) {
            var user = SignedInUser.of(business.business(), name, password(console));
            var folder = data == null ? Path.of(System.getProperty("user.home"), ".magpie", name) : data;
            var store = open(folder);
            var chat = new Chat(name, console);
            var options = user.client(deviceId(folder), chat).withStore(store);
            try (var client = MagpieClient.start(options)) {
                client.ready().whenComplete((_, failure) -> greet(console, chat, failure));
                var loop = new ChatLoop(name, client, store, chat, console);
                if (to != null) {
                    loop.open(to);
                }
                loop.run();
            }
            return 0;
        }
    }

    private static void greet(Console console, Chat chat, @Nullable Throwable failure) {
        switch (failure) {
            case null -> {
                console.print("-- signed in; /help lists the commands");
                chat.unread()
                        .forEach(
                                (id, count) -> console.print("-- %d unread from %s".formatted(count, chat.nameOf(id))));
            }
            case RequestFailedException refusal -> console.print("-- " + refusal.detail());
            default -> console.print("-- " + failure);
        }
    }

    private static Console console(PrintWriter out) {
        var terminal = Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
        return terminal.isPresent()
                ? new TerminalConsole()
                : new PipeConsole(new InputStreamReader(System.in, StandardCharsets.UTF_8), out);
    }

    private String password(Console console) {
        var given =
                password == null || password.isBlank() ? console.readPassword("Password of " + name + ": ") : password;
        if (given == null || given.isBlank()) {
            throw new CommandFailedException("A password is needed: --password, or the variable IM_PASSWORD.");
        }
        return given;
    }

    private static FileClientStore open(Path folder) {
        try {
            return FileClientStore.open(folder);
        } catch (UncheckedIOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()));
        }
    }

    /** This folder is one device for as long as it exists. */
    private static String deviceId(Path folder) {
        var file = folder.resolve("device-id");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, "im-" + UUID.randomUUID());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailedException("%s can't be used: %s".formatted(file, e.getMessage()));
        }
    }
}
