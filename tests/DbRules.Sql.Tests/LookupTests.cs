using Xunit;

namespace DbRules.Sql.Tests;

public sealed class LookupTests
{
    [Fact]
    public void Every_span_of_a_lookup_is_exact()
    {
        const string sql = "SELECT o.Id, o.Total AS Amount -- money\nFROM dbo.[Order Lines] AS o WITH (NOLOCK)\n"
            + "WHERE (o.Status = @status) AND (o.[Customer Id] = @CustomerId) AND o.Year BETWEEN @from AND @to -- end\nORDER BY o.Id DESC";
        SqlText text = SqlText.From(sql);
        EqualityLookup lookup = Find(sql, "customerid");
        Assert.Equal("Order Lines", lookup.Table);
        Assert.Equal("dbo.[Order Lines]", lookup.TableAsWritten);
        Assert.Equal("o", lookup.TableReference.Alias);
        Assert.Equal("Customer Id", lookup.Column);
        Assert.Equal("o.[Customer Id]", lookup.ColumnAsWritten);
        Assert.Equal("o.[Customer Id]", text.At(lookup.ColumnSpan));
        Assert.Equal("o.[Customer Id] = @CustomerId", text.At(lookup.Conjunct));
        Assert.Equal("=", text.At(lookup.Operator));
        Assert.Equal("@CustomerId", text.At(lookup.Parameter));
        Assert.Equal(sql.IndexOf("@CustomerId", StringComparison.Ordinal), lookup.Parameter.Start);
        Assert.Equal(lookup.Parameter.Start - 2, lookup.Operator.Start);
        Assert.Equal("CustomerId", lookup.ParameterName);
        Assert.Equal('@', lookup.ParameterPrefix);
        Assert.Equal(["status", "from", "to"], lookup.OtherParameters);
        Assert.Equal(SelectListKind.Columns, lookup.SelectListKind);
        Assert.Equal(["Id", "Amount"], lookup.Columns);
        Assert.Equal("o.Id, o.Total AS Amount", text.At(lookup.SelectList));
        Assert.Equal(new SqlSpan(sql.IndexOf(" -- end", StringComparison.Ordinal), 0), lookup.GroupByPlace);
        Assert.Equal("ORDER BY o.Id DESC", text.At(lookup.OrderBy));
        Assert.False(lookup.HasRowLimitOne);
    }

    [Theory]
    // PostgreSQL
    [InlineData("SELECT * FROM \"Orders\" WHERE \"Id\" = @p", "Orders.Id Star")]
    [InlineData("SELECT * FROM shop.orders o WHERE o.id = :p", "orders.id Star")]
    [InlineData("SELECT * FROM orders WHERE id = @p AND tags @> @t AND x::text ILIKE 'a%'", "orders.id Star")]
    [InlineData("SELECT * FROM orders WHERE id = @p AND status = ANY(@s) AND d > now() - INTERVAL '1 day'", "orders.id Star")]
    [InlineData("SELECT * FROM orders WHERE id = @p AND a[1] = 2 AND (data ->> 'x') IS NOT NULL", "orders.id Star")]
    [InlineData("SELECT * FROM orders WHERE id = @p AND a IS NOT DISTINCT FROM b", "orders.id Star")]
    [InlineData("SELECT * FROM orders WHERE id = @p ORDER BY created DESC NULLS LAST, id LIMIT 1", "orders.id Star one")]
    // SQL Server
    [InlineData("SELECT TOP 1 * FROM [dbo].[Orders] WHERE [Id] = @p", "Orders.Id Star one")]
    [InlineData("SELECT TOP (1) Id FROM Orders WHERE Id = @p", "Orders.Id Columns one")]
    [InlineData("SELECT Id FROM Orders WITH (NOLOCK) WHERE Id=@p;", "Orders.Id Columns")]
    [InlineData("SELECT COUNT_BIG(*) FROM Orders WHERE @p = CustomerId", "Orders.CustomerId CountAll")]
    [InlineData("SELECT * FROM Orders WHERE Id = @p AND NOT EXISTS (SELECT 1 FROM x WHERE x.Id = Orders.Id OR x.Id = @q)", "Orders.Id Star")]
    [InlineData("SELECT * FROM Orders WHERE Id = @p AND LEFT(Name, 3) LIKE N'a%' ESCAPE '\\'", "Orders.Id Star")]
    // MySQL and SQLite
    [InlineData("SELECT * FROM `orders` WHERE `orders`.`id` = @p LIMIT 1", "orders.id Star one")]
    [InlineData("select count(*) from orders where customer_id = @p", "orders.customer_id CountAll")]
    [InlineData("SELECT 1 FROM orders WHERE id = @p LIMIT 1", "orders.id ExistsOrConstant one")]
    [InlineData("SELECT o.* FROM orders o WHERE o.id = @p AND o.name COLLATE NOCASE = 'x'", "orders.id Star")]
    [InlineData("SELECT COUNT(1) AS n FROM orders WHERE id = @p", "orders.id CountAll")]
    // Oracle
    [InlineData("SELECT NAME FROM ORDERS WHERE ID = :p FETCH FIRST 1 ROW ONLY", "ORDERS.ID Columns one")]
    [InlineData("SELECT NAME, PRICE FROM SHOP.ORDERS T WHERE T.ID = :p AND T.D >= DATE '2026-01-31'", "ORDERS.ID Columns")]
    // Any
    [InlineData("SELECT * FROM t WHERE (Id = @p)", "t.Id Star")]
    [InlineData("SELECT * FROM t WHERE ((a = 1) AND (Id = @p))", "t.Id Star")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND (a = 1 OR b = 2)", "t.Id Star")]
    [InlineData("SELECT * FROM t WHERE x BETWEEN 1 AND 2 AND Id = @p", "t.Id Star")]
    [InlineData("SELECT * FROM t WHERE x NOT BETWEEN 1 AND 2 AND Id = @p AND y NOT IN (1, 2)", "t.Id Star")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND CASE WHEN a = 1 AND b = 2 THEN 1 ELSE 0 END = 1", "t.Id Star")]
    [InlineData("SELECT * FROM t WHERE Offset = @p", "t.Offset Star")]
    [InlineData("SELECT * FROM t WHERE Id = @P", "t.Id Star")]
    [InlineData("SELECT a + 1, * FROM t WHERE Id = @p", "t.Id Other")]
    [InlineData("SELECT MAX(a) FROM t WHERE Id = @p", "t.Id Other")]
    [InlineData("SELECT a, 1 FROM t WHERE Id = @p", "t.Id Other")]
    [InlineData("SELECT *, a FROM t WHERE Id = @p", "t.Id Other")]
    [InlineData("/* one */ SELECT * -- all\nFROM t WHERE Id = @p -- by key", "t.Id Star")]
    public void Is_a_lookup(string sql, string expected)
    {
        EqualityLookup lookup = Find(sql, "p");
        Assert.Equal(expected, $"{lookup.Table}.{lookup.Column} {lookup.SelectListKind}{(lookup.HasRowLimitOne ? " one" : "")}");
    }

    [Theory]
    [InlineData("SELECT TOP (1) * FROM t WHERE Id = @p", "TOP (1)")]
    [InlineData("SELECT * FROM t WHERE Id = @p LIMIT 1", "LIMIT 1")]
    [InlineData("SELECT * FROM t WHERE Id = @p FETCH NEXT 1 ROWS ONLY", "FETCH NEXT 1 ROWS ONLY")]
    public void A_limit_of_one_row_has_its_span(string sql, string expected) => Assert.Equal(expected, SqlText.From(sql).At(Find(sql, "p").RowLimitOne));

    [Theory]
    [InlineData("@p")]
    [InlineData(":p")]
    [InlineData("P")]
    public void The_parameter_is_asked_with_or_without_prefix(string name) => Find("SELECT * FROM t WHERE Id = @p", name);

    [Theory]
    [InlineData("")]
    [InlineData("SELECT * FROM t")]
    [InlineData("SELECT * FROM t WHERE Id = @q")]
    [InlineData("SELECT * FROM t WHERE Id = @p; SELECT 1")]
    [InlineData("DELETE FROM t WHERE Id = @p")]
    [InlineData("(SELECT * FROM t WHERE Id = @p)")]
    [InlineData("WITH c AS (SELECT 1) SELECT * FROM t WHERE Id = @p")]
    [InlineData("SELECT * INTO u FROM t WHERE Id = @p")]
    [InlineData("SELECT * FROM t, u WHERE Id = @p")]
    [InlineData("SELECT * FROM t JOIN u ON t.a = u.a WHERE t.Id = @p")]
    [InlineData("SELECT * FROM (SELECT * FROM t) d WHERE Id = @p")]
    [InlineData("SELECT * FROM f(1) WHERE Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p UNION SELECT * FROM u")]
    [InlineData("SELECT * FROM t WHERE Id = @p GROUP BY a")]
    [InlineData("SELECT * FROM t WHERE Id = @p HAVING 1 = 1")]
    [InlineData("SELECT DISTINCT a FROM t WHERE Id = @p")]
    [InlineData("SELECT TOP 2 * FROM t WHERE Id = @p")]
    [InlineData("SELECT TOP 1 PERCENT * FROM t WHERE Id = @p")]
    [InlineData("SELECT TOP 1 WITH TIES * FROM t WHERE Id = @p ORDER BY a")]
    [InlineData("SELECT TOP (@n) * FROM t WHERE Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p LIMIT 2")]
    [InlineData("SELECT * FROM t WHERE Id = @p LIMIT 1, 1")]
    [InlineData("SELECT * FROM t WHERE Id = @p LIMIT 1 OFFSET 3")]
    [InlineData("SELECT * FROM t WHERE Id = @p ORDER BY a OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY")]
    [InlineData("SELECT * FROM t WHERE Id = @p FOR UPDATE")]
    [InlineData("SELECT * FROM t WITH (UPDLOCK) WHERE Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p OPTION (RECOMPILE)")]
    [InlineData("SELECT * FROM t WHERE Id = :p AND ROWNUM = 1")]
    [InlineData("SELECT * FROM t WHERE Id = @p OR a = 1")]
    [InlineData("SELECT * FROM t WHERE a = 1 AND Id = @p OR b = 2")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = 1 XOR b = 2")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = 1 || b = 2")]
    [InlineData("SELECT * FROM t WHERE (Id = @p OR a = 1) AND b = 2")]
    [InlineData("SELECT * FROM t WHERE x BETWEEN 1 AND Id = @p")]
    [InlineData("SELECT * FROM t WHERE CASE WHEN a = 1 AND Id = @p THEN 1 ELSE 0 END = 1")]
    [InlineData("SELECT * FROM t WHERE NOT Id = @p")]
    [InlineData("SELECT * FROM t WHERE NOT (Id = @p)")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND b = @p")]
    [InlineData("SELECT @p, a FROM t WHERE Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p ORDER BY @p")]
    [InlineData("SELECT * FROM t WHERE Id <> @p")]
    [InlineData("SELECT * FROM t WHERE Id >= @p")]
    [InlineData("SELECT * FROM t WHERE Id IN (@p)")]
    [InlineData("SELECT * FROM t WHERE Id = @p + 1")]
    [InlineData("SELECT * FROM t WHERE LOWER(Id) = @p")]
    [InlineData("SELECT * FROM t WHERE Id = LOWER(@p)")]
    [InlineData("SELECT * FROM t WHERE Id = @p::int")]
    [InlineData("SELECT * FROM t WHERE a + Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p COLLATE NOCASE")]
    [InlineData("SELECT * FROM t WHERE 1 = @p")]
    [InlineData("SELECT * FROM t WHERE CURRENT_USER = @p")]
    [InlineData("SELECT * FROM t WHERE other.Id = @p")]
    [InlineData("SELECT * FROM t x WHERE t.Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = ?p")]
    [InlineData("SELECT * FROM t WHERE Id = $p")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = ?")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = 1 CONNECT BY PRIOR a = b")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = 1 QUALIFY x = 1")]
    [InlineData("SELECT * FROM t WHERE a = 1 AND")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND")]
    [InlineData("SELECT * FROM t WHERE AND Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = 'open")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND (a = 1")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = 'it\\'s'")]
    [InlineData("SELECT * FROM t WHERE Id = @p # note")]
    [InlineData("SELECT * FROM t WHERE Id = @p ORDER BY a EXEC q")]
    [InlineData("SELECT * FROM t WHERE Id = @p SELECT 1")]
    public void Is_no_lookup(string sql) => Assert.Null(SqlLookups.EqualityLookup(SqlScript.Parse(sql), "p"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    public void Without_a_name_there_is_no_lookup(string? name) =>
        Assert.Null(SqlLookups.EqualityLookup(SqlScript.Parse("SELECT * FROM t WHERE Id = @p"), name));

    [Theory]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = ~")]
    [InlineData("SELECT * FROM t WHERE a > ~ AND Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a IN (~, ~)")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND COALESCE(~, a) = 1")]
    public void A_hole_in_the_place_of_a_value_does_not_matter(string sql) =>
        Assert.NotNull(SqlLookups.EqualityLookup(SqlScript.Parse(Sql.Holes(sql)), "p"));

    [Theory]
    [InlineData("SELECT ~ FROM t WHERE Id = @p")]
    [InlineData("SELECT a~ FROM t WHERE Id = @p")]
    [InlineData("SELECT * FROM ~ WHERE Id = @p")]
    [InlineData("SELECT * FROM s_~.t WHERE Id = @p")]
    [InlineData("SELECT * FROM t ~ WHERE Id = @p")]
    [InlineData("SELECT * FROM t WHERE ~ = @p")]
    [InlineData("SELECT * FROM t WHERE Id_~ = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p~")]
    [InlineData("SELECT * FROM t WHERE Id = @~")]
    [InlineData("SELECT * FROM t WHERE Id = @p ~")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND ~")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND (~)")]
    [InlineData("SELECT * FROM t WHERE ~ AND Id = @p")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = '~'")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND a = ~x")]
    [InlineData("SELECT * FROM t WHERE Id = @p AND EXISTS (SELECT 1 FROM ~)")]
    [InlineData("SELECT * FROM t WHERE Id = @p ORDER BY ~")]
    [InlineData("SELECT * FROM t WHERE Id = @p LIMIT ~")]
    [InlineData("SELECT * FROM t /* ~ */ WHERE Id = @p")]
    [InlineData("~ SELECT * FROM t WHERE Id = @p")]
    public void Any_other_hole_makes_it_no_lookup(string sql) =>
        Assert.Null(SqlLookups.EqualityLookup(SqlScript.Parse(Sql.Holes(sql)), "p"));

    private static EqualityLookup Find(string sql, string parameter) =>
        SqlLookups.EqualityLookup(SqlScript.Parse(sql), parameter) ?? throw new InvalidOperationException("No lookup: " + sql);
}
