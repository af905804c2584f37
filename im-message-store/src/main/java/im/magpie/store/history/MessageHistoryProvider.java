package im.magpie.store.history;

import im.magpie.common.rpc.BarrierAnswer;
import im.magpie.common.rpc.BarrierQuery;
import im.magpie.common.rpc.DubboMessageHistoryTriple.MessageHistoryImplBase;
import im.magpie.common.rpc.HeadsAnswer;
import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.HistoryAnswer;
import im.magpie.common.rpc.HistoryPage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.LookupAnswer;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.store.StoreProperties;
import im.magpie.store.barrier.BarrierMapper;
import im.magpie.store.conversation.ConversationKeys;
import im.magpie.store.conversation.ConversationRef;
import org.apache.dubbo.config.annotation.DubboService;

/** {@link im.magpie.common.rpc.MessageHistory} from the primary. Called on threads that may block. */
@DubboService
public class MessageHistoryProvider extends MessageHistoryImplBase {

    private final ConversationKeys keys;
    private final HeadReader heads;
    private final NameReader names;
    private final PageReader pages;
    private final BarrierMapper barriers;
    private final StoreProperties.Pull limits;

    MessageHistoryProvider(
            ConversationKeys keys,
            HeadReader heads,
            NameReader names,
            PageReader pages,
            BarrierMapper barriers,
            StoreProperties properties) {
        this.keys = keys;
        this.heads = heads;
        this.names = names;
        this.pages = pages;
        this.barriers = barriers;
        this.limits = properties.pull();
    }

    @Override
    public HeadsAnswer heads(HeadsQuery query) {
        return HeadsAnswer.newBuilder()
                .addAllHeads(heads.read(query.getConversationsList()))
                .build();
    }

    @Override
    public LookupAnswer lookup(LookupQuery query) {
        return LookupAnswer.newBuilder()
                .addAllPositions(names.read(query.getNamesList()))
                .build();
    }

    @Override
    public HistoryAnswer pull(HistoryQuery query) {
        var refs = query.getRangesList().stream()
                .map(range -> new ConversationRef(range.getAppId(), range.getConversationId()))
                .toList();
        var known = keys.find(refs);
        var budget = new PullBudget(limits);
        var answer = HistoryAnswer.newBuilder();
        for (int i = 0; i < refs.size(); i++) {
            var range = query.getRanges(i);
            var key = known.get(refs.get(i));
            answer.addPages(
                    key == null
                            ? HistoryPage.newBuilder()
                                    .setCompleteTo(range.getToSequence())
                                    .build()
                            : pages.read(key, range, budget));
        }
        return answer.build();
    }

    @Override
    public BarrierAnswer committedBarrier(BarrierQuery query) {
        var epoch = barriers.epoch(query.getPartition());
        return BarrierAnswer.newBuilder().setEpoch(epoch == null ? 0 : epoch).build();
    }
}
