package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A body made of steps that write to a JSON generator. */
final class Steps implements Body {
    /** One step of the body. */
    interface Step {
        void write() throws IOException;
    }

    private final JsonGenerator out;
    private final Deque<Step> steps = new ArrayDeque<>();

    Steps(JsonGenerator out) {
        this.out = out;
    }

    Steps then(Step step) {
        steps.add(step);
        return this;
    }

    @Override
    public boolean writeNext() throws IOException {
        if (!steps.isEmpty()) {
            steps.remove().write();
        }
        return !steps.isEmpty();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
