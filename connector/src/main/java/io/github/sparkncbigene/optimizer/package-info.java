/** The optimizer's rule of lookup joins: what needs Spark's internal classes. */
package io.github.sparkncbigene.optimizer;
