package io.github.sparkncbigene.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Maps the names of a JSON object's members to their handlers. The service writes the members of similar objects in a
 * similar order, so the member that followed last time is tried first, by comparing bytes only. For one thread.
 *
 * @param <M> type of the handlers
 */
public final class Members<M> {
    /** Largest number of unwanted names that are remembered. */
    private static final int STRANGERS = 64;

    /** A member, and the member that followed it last time. */
    public static final class Member<M> {
        /** Null if the name has no UTF-8 form: Jackson can turn bytes beyond Unicode into such a name. */
        private final Utf8Json.Name name;

        private final M is;
        private Member<M> next;

        private Member(String name, M is) {
            this.name = StandardCharsets.UTF_8.newEncoder().canEncode(name) ? new Utf8Json.Name(name) : null;
            this.is = is;
        }

        /** Returns the member's handler; null if the member is unwanted. */
        public M is() {
            return is;
        }
    }

    private final Map<String, Member<M>> byName = new HashMap<>();
    private final Member<M> start = new Member<>("", null);
    private int strangers;

    /** Adds a member under its name and under the camelCase form that NCBI's data packages use. */
    public void add(String name, M member) {
        byName.put(name, new Member<>(name, member));
        byName.put(camelCase(name), new Member<>(camelCase(name), member));
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Returns the handler of the member with this name; null if it is unwanted. */
    public M named(String name) {
        Member<M> member = byName.get(name);
        return member == null ? null : member.is;
    }

    /** Returns the first member of the object at whose start the parser stands, and moves the parser to its value. */
    public Member<M> first(Utf8Json json) throws IOException {
        return next(start, json);
    }

    /** Returns the member after the given one, and moves the parser to its value; null at the object's end. */
    public Member<M> next(Member<M> previous, Utf8Json json) throws IOException {
        Member<M> likely = previous.next;
        if (likely != null && json.nextValueOf(likely.name)) {
            return likely;
        }
        String name = json.nextFieldName();
        if (name == null) {
            return null;
        }
        json.nextToken();
        Member<M> found = find(name);
        if (found.name != null) {
            previous.next = found;
        }
        return found;
    }

    private Member<M> find(String name) {
        Member<M> known = byName.get(name);
        if (known != null) {
            return known;
        }
        Member<M> stranger = new Member<>(name, null);
        if (strangers < STRANGERS) {
            byName.put(name, stranger);
            strangers++;
        }
        return stranger;
    }

    /** Converts a name such as {@code gene_id} to {@code geneId}. */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean up = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                up = true;
            } else {
                camel.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return camel.toString();
    }
}
