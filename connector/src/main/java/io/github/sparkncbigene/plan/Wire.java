package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.service.GeneRequest;

/** The formats in which the service sends reports. */
public enum Wire {
    JSON(GeneRequest.JSON),
    NDJSON(GeneRequest.NDJSON),
    TSV(GeneRequest.TSV);

    private final String accept;

    Wire(String accept) {
        this.accept = accept;
    }

    /** Returns the content type to request. */
    public String accept() {
        return accept;
    }
}
