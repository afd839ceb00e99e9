package io.github.sparkncbigene.testkit.check;

import java.util.List;

/**
 * An assumption of the connector about NCBI's gene service.
 *
 * @param id short, stable name
 * @param belief the expectation, as a sentence
 * @param requests names of the requests whose responses show it; empty if any response shows it
 * @param ifSo behaviour of the connector if the service meets the expectation
 * @param ifNot behaviour of the connector if it does not
 * @param option option to set if it does not, with its value; empty if there is none
 * @param standInSwitch the stand-in's switch for this behaviour, empty if there is none
 */
public record Assumption(
        String id,
        Evidence evidence,
        String belief,
        List<String> requests,
        String ifSo,
        String ifNot,
        String option,
        String standInSwitch) {}
