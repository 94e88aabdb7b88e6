package snowflake

import "strings"

// reserved are the words that need quotes to be a name. It has every keyword of the page, including those that are
// forbidden in one context only, such as a column name, a FROM clause or a SHOW command, because a quoted name works
// everywhere.
// https://docs.snowflake.com/en/sql-reference/reserved-keywords
const reserved = " " +
	"ACCOUNT ALL ALTER AND ANY AS BETWEEN BY CASE CAST CHECK COLUMN CONNECT CONNECTION " +
	"CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER " +
	"DATABASE DELETE DISTINCT DROP ELSE EXISTS FALSE FOLLOWING FOR FROM FULL GRANT GROUP " +
	"GSCLUSTER HAVING ILIKE IN INCREMENT INNER INSERT INTERSECT INTO IS ISSUE JOIN LATERAL LEFT " +
	"LIKE LOCALTIME LOCALTIMESTAMP MINUS NATURAL NOT NULL OF ON OR ORDER ORGANIZATION QUALIFY " +
	"REGEXP REVOKE RIGHT RLIKE ROW ROWS SAMPLE SCHEMA SELECT SET SOME START TABLE TABLESAMPLE " +
	"THEN TO TRIGGER TRUE TRY_CAST UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHENEVER WHERE " +
	"WINDOW WITH "

// longestReserved is the length of the longest reserved word. Reserved is called for every name that is written, and
// most names are longer.
const longestReserved = len("CURRENT_TIMESTAMP")

// Reserved reports whether a word, in any case, needs quotes to be a name.
func Reserved(word string) bool {
	return len(word) <= longestReserved && !strings.Contains(word, " ") && strings.Contains(reserved, " "+strings.ToUpper(word)+" ")
}
