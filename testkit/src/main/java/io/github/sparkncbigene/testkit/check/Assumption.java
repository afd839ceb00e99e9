package io.github.sparkncbigene.testkit.check;

import java.util.List;

/**
 * Something the connector assumes of NCBI's gene service.
 *
 * @param id short name that stays as it is
 * @param belief what is expected, as a sentence
 * @param requests names of the requests whose responses show it; none for what any response shows
 * @param ifSo what the connector does where the service does as expected
 * @param ifNot what the connector does where it does not
 * @param option an option to set where it does not, with its value; empty if there is nothing to set
 * @param standInSwitch the switch of the stand-in that turns it, empty if there is none
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
