package im.magpie.service.broker;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.partition.Partitions;
import im.magpie.service.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;

class BrokerConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RabbitAutoConfiguration.class))
            .withUserConfiguration(BrokerConfiguration.class)
            .withBean(SimpleMeterRegistry.class)
            .withBean(Partitions.class, () -> new Partitions(3, 1, 2))
            .withPropertyValues("spring.config.name=im-common")
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withInitializer(context ->
                    TestPropertyValues.of(TestBroker.shared().settings()).applyTo(context));

    @Test
    void aPublisherDeclaresWhatItPublishesTo() {
        runner.run(context -> {
            var store = context.getBean(StorePublisher.class);

            store.store(1, List.of(AcceptedMessage.getDefaultInstance()), Duration.ofSeconds(20))
                    .get();

            var admin = new RabbitAdmin(context.getBean("pushConnections", CachingConnectionFactory.class));
            assertThat(admin.getQueueInfo(BrokerNames.storeQueue(0))).isNotNull();
            assertThat(admin.getQueueInfo(BrokerNames.storeQueue(1)))
                    .isNotNull()
                    .satisfies(queue -> assertThat(queue.getMessageCount()).isEqualTo(1));
            admin.deleteQueue(BrokerNames.storeQueue(0));
            admin.deleteQueue(BrokerNames.storeQueue(1));
        });
    }

    @Test
    void pushesHaveAConnectionAndAnExchangeOfTheirOwn() {
        runner.run(context -> {
            var push = context.getBean("pushConnections", CachingConnectionFactory.class);
            var store = context.getBean("storeConnections", CachingConnectionFactory.class);
            assertThat(push.isPublisherConfirms()).isFalse();
            assertThat(store.isPublisherConfirms()).isTrue();
            assertThat(push.isPublisherReturns() && store.isPublisherReturns()).isTrue();

            var template = new RabbitTemplate(push);
            template.send(BrokerNames.PUSH_EXCHANGE, "nobody", new Message(new byte[0]));

            // An exchange that is not there would have closed the channel by now: both go one after the other.
            assertThat(new RabbitAdmin(push).getQueueInfo("no such queue")).isNull();
            assertThat(push.getCacheProperties().getProperty("idleChannelsNotTx"))
                    .isNotEqualTo("0");
        });
    }
}
