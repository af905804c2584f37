package im.magpie.client;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** The way to the server of what may be asked for again. */
interface Calls {

    /**
     * Asks until there is an answer.
     *
     * @param request makes the request from its request id
     * @param answered takes the reply, which is no failure, and completes the future
     */
    <T> CompletableFuture<T> ask(IntFunction<Request> request, BiConsumer<CompletableFuture<T>, Reply> answered);
}
