package im.magpie.cluster.run;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same with several things at the same time. */
final class Together {

    /**
     * Does something with each and returns when all is done. The first failure interrupts what is still under way.
     *
     * @throws RuntimeException what the first that failed has thrown
     */
    static <T> void run(List<T> things, Consumer<? super T> action) {
        map(things, thing -> {
            action.accept(thing);
            return thing;
        });
    }

    /** As {@link #run}, with what came out, in the order of the things. */
    static <T, R> List<R> map(List<T> things, Function<? super T, R> action) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var completion = new ExecutorCompletionService<R>(executor);
            var results = things.stream()
                    .map(thing -> completion.submit(() -> action.apply(thing)))
                    .toList();
            try {
                for (var _ : things) {
                    completion.take().get();
                }
                return results.stream().map(Future::resultNow).toList();
            } catch (ExecutionException e) {
                executor.shutdownNow();
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new InfrastructureException(Code.INTERRUPTED, "Interrupted", e);
            }
        }
    }

    private Together() {}
}
