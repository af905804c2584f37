package im.magpie.service.conversation;

import im.magpie.service.epoch.Partition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts a call by partition, asks the partitions at the same time, and puts the answers into the call's order. */
final class ByPartition {

    private final ExecutorService threads;

    ByPartition(ExecutorService threads) {
        this.threads = threads;
    }

    <E, A> List<A> ask(
            List<E> entries, Function<E, Partition> partitionOf, BiFunction<Partition, List<E>, List<A>> call) {
        var groups = new LinkedHashMap<Partition, List<Integer>>();
        for (var i = 0; i < entries.size(); i++) {
            groups.computeIfAbsent(partitionOf.apply(entries.get(i)), _ -> new ArrayList<>())
                    .add(i);
        }
        if (groups.size() == 1) {
            return call.apply(groups.keySet().iterator().next(), entries);
        }
        return merge(entries, groups, call);
    }

    private <E, A> List<A> merge(
            List<E> entries, Map<Partition, List<Integer>> groups, BiFunction<Partition, List<E>, List<A>> call) {
        var answers = new ArrayList<@Nullable A>(Collections.nCopies(entries.size(), null));
        var calls = new ArrayList<CompletableFuture<?>>(groups.size());
        groups.forEach((partition, indexes) -> calls.add(CompletableFuture.supplyAsync(
                        () -> call.apply(
                                partition, indexes.stream().map(entries::get).toList()),
                        threads)
                .thenAccept(group -> {
                    synchronized (answers) {
                        for (var i = 0; i < indexes.size(); i++) {
                            answers.set(indexes.get(i), group.get(i));
                        }
                    }
                })));
        join(calls);
        return answers.stream().map(Objects::requireNonNull).toList();
    }

    private static void join(List<CompletableFuture<?>> calls) {
        try {
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
