package io.countersign.lambda;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.amazon.lambda.runtime.AbstractLambdaPollLoop;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaContext;
import io.quarkus.amazon.lambda.runtime.JacksonInputReader;
import io.quarkus.amazon.lambda.runtime.JacksonOutputWriter;
import io.quarkus.amazon.lambda.runtime.LambdaInputReader;
import io.quarkus.amazon.lambda.runtime.LambdaOutputWriter;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** The parts of an executable: Quarkus' own poll loop, and our main. Its function returns the event, which is a text, or executes the text as a command. */
final class PollingProcess {
    private PollingProcess() {}

    public static void main(String[] arguments) throws Exception {
        // The one mode that needs no whole application.
        LaunchMode.set(LaunchMode.TEST);
        new Loop().startPollLoop(new Never());
        new LambdaMain().run();
    }

    /** It is never shut down. */
    private record Never() implements ShutdownContext {
        @Override
        public void addShutdownTask(Runnable task) {}

        @Override
        public void addLastShutdownTask(Runnable task) {}
    }

    /** Its mapper sees no property in any class, as an executable sees none in what was not registered. */
    private static final class Loop extends AbstractLambdaPollLoop {
        private static final JsonMapper MAPPER = JsonMapper.builder()
                .disable(MapperFeature.USE_ANNOTATIONS)
                .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                .build();

        Loop() {
            super(MAPPER, MAPPER.reader(), MAPPER.reader(), LaunchMode.TEST);
        }

        @Override
        protected Object processRequest(Object input, AmazonLambdaContext context) {
            return switch (Optional.ofNullable((String) input).orElse("")) {
                case "fail" -> throw new IllegalStateException("told to");
                case "break" -> throw new OutOfMemoryError("told to");
                case String text -> text;
            };
        }

        @Override
        protected boolean isStream() {
            return false;
        }

        @Override
        protected void processRequest(InputStream input, OutputStream output, AmazonLambdaContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected LambdaInputReader getInputReader() {
            return new JacksonInputReader(MAPPER.readerFor(String.class));
        }

        @Override
        protected LambdaOutputWriter getOutputWriter() {
            return new JacksonOutputWriter(MAPPER.writer());
        }
    }
}
