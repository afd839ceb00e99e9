package io.github.sparkncbigene.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the members of a JSON object are, by name. The service writes the members of like objects in like order, so the
 * one that followed last time is tried first, which takes no more than comparing bytes. For one thread.
 *
 * @param <M> what a member is
 */
public final class Members<M> {
    /** Names that are remembered though nobody wants them, at most. */
    private static final int STRANGERS = 64;

    /** A member, and which one followed it last time. */
    public static final class Member<M> {
        /** Null where it has no form in bytes, which what Jackson makes of bytes beyond Unicode has not. */
        private final Utf8Json.Name name;

        private final M is;
        private Member<M> next;

        private Member(String name, M is) {
            this.name = StandardCharsets.UTF_8.newEncoder().canEncode(name) ? new Utf8Json.Name(name) : null;
            this.is = is;
        }

        /** What it is; null where nobody wants it. */
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

    /** What a member of this name is; null where nobody wants it. */
    public M named(String name) {
        Member<M> member = byName.get(name);
        return member == null ? null : member.is;
    }

    /** The first member of the object that the parser is at the start of; the parser goes to its value. */
    public Member<M> first(Utf8Json json) throws IOException {
        return next(start, json);
    }

    /** The member after one that was read, to whose value the parser goes; null at the object's end. */
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

    /** {@code gene_id} as {@code geneId}. */
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
