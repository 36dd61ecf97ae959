using DbRules.Engine.Schema;
using Xunit;

namespace DbRules.Engine.Tests.Schema;

/// <summary>What names of tables and columns say.</summary>
public sealed class TableNamesTests
{
    [Theory]
    [InlineData("Id", true)]
    [InlineData("id", true)]
    [InlineData("order_id", true)]
    [InlineData("ORDER_ID", true)]
    [InlineData("OrderId", true)]
    [InlineData("userid", true)]
    [InlineData("row_guid", true)]
    [InlineData("Key", true)]
    [InlineData("paid", false)]
    [InlineData("is_valid", false)]
    [InlineData("Paid", false)]
    [InlineData("number", false)]
    [InlineData("monkey", false)]
    public void Key(string column, bool expected) => Assert.Equal(expected, TableNames.IsKey(column));

    [Theory]
    [InlineData("orders", "id", true)]
    [InlineData("orders", "order_id", true)]
    [InlineData("Categories", "CategoryId", true)]
    [InlineData("order_lines", "order_line_id", true)]
    [InlineData("order_lines", "order_id", false)]
    [InlineData("orders", "number", false)]
    public void Key_of_a_table(string table, string column, bool expected) => Assert.Equal(expected, TableNames.IsKeyOf(table, column));

    [Theory]
    [InlineData("order_lines", "OrderLines")]
    [InlineData("ORDER_LINES", "OrderLines")]
    [InlineData("OrderLines", "OrderLines")]
    [InlineData("orders", "Orders")]
    public void Pascal(string name, string expected) => Assert.Equal(expected, TableNames.Pascal(name));
}
