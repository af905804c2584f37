package im.magpie.cluster.run;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Does the same with several things at the same time. */
final class Together {

    /**
     * Returns when all is done. The first failure interrupts what is still under way.
     *
     * @throws RuntimeException what the first that failed has thrown
     */
    static <T> void run(List<T> things, Consumer<? super T> action) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var completion = new ExecutorCompletionService<Void>(executor);
            things.forEach(thing -> completion.submit(() -> action.accept(thing), null));
            try {
                for (var _ : things) {
                    completion.take().get();
                }
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
