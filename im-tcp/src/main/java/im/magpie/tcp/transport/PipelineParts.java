package im.magpie.tcp.transport;

import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.login.Authenticator;
import im.magpie.tcp.login.Welcome;
import im.magpie.tcp.rate.RateSettings;
import im.magpie.tcp.request.RequestHandlers;
import io.netty.handler.ssl.SslContext;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the pipelines of all transports share.
 *
 * @param rates how fast each connection may go on, as it is now
 * @param admission holds all channels
 * @param deliveries counts what is pushed
 * @param connectionIds gives each connection a number of its own
 * @param tls null where the ports speak without it
 */
public record PipelineParts(
        PipelineSettings settings,
        Supplier<RateSettings> rates,
        Admission admission,
        DeliveryMeters deliveries,
        LongSupplier connectionIds,
        @Nullable SslContext tls,
        Authenticator authenticator,
        Welcome welcome,
        RequestHandlers requests) {}
