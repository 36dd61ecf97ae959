using DbRules.Engine.Schema;
using DbRules.Engine.Tests.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Engine.Tests.Schema;

public sealed class TableShapesTests
{
    private const string Usings =
        """
        #nullable enable
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.ComponentModel.DataAnnotations.Schema;
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.EntityFrameworkCore.Metadata.Builders;

        public class Customer { public int Id { get; set; } public string Name { get; set; } = ""; public List<Ticket> Tickets { get; set; } = []; }
        public class Ticket { public int Id { get; set; } public int CustomerId { get; set; } }
        public class Note { public int Id { get; set; } public Customer Customer { get; set; } = null!; }
        public class Money { public int Amount { get; set; } }
        """;

    private static readonly CSharpCompilation Base = Libraries.Compile(Usings);

    [Theory]
    [InlineData("CREATE TABLE orders (id int PRIMARY KEY, note text, total int NOT NULL)", "id not null, note null, total not null", true)]
    [InlineData("CREATE TABLE dbo.Orders (id int, total int, CONSTRAINT pk PRIMARY KEY (id))", "id not null, total null", true)]
    [InlineData("CREATE TABLE orders (id int); ALTER TABLE orders ADD COLUMN total int NOT NULL, ADD note text; ALTER TABLE orders DROP COLUMN note", "id null, total not null", true)]
    [InlineData("CREATE TABLE orders (id int); ALTER TABLE orders ALTER COLUMN id SET NOT NULL", "id ?", true)]
    [InlineData("CREATE TABLE orders (old int); DROP TABLE orders; CREATE TABLE orders (id int)", "id null", true)]
    [InlineData("CREATE TABLE orders (id int); CREATE TABLE IF NOT EXISTS orders (ID int)", "id null", true)]
    [InlineData("CREATE TABLE orders (LIKE other)", "", false)]
    [InlineData("CREATE TABLE orders (id int)\nGO\nEXEC sp_rename 'orders.id', 'key', 'COLUMN'", "id null", false)]
    [InlineData("CREATE TABLE orders (id int); EXEC('ALTER TABLE orders ADD total int')", "id null", false)]
    [InlineData("\\i other.sql\n; CREATE TABLE orders (id int)", "id null", false)]
    public void Tables_of_files(string sql, string columns, bool isComplete)
    {
        TableShape table = Shape("", "orders", sql)!;
        Assert.Equal(columns, Describe(table));
        Assert.Equal(isComplete, table.IsComplete);
        Assert.True(table.IsInOrder);
    }

    [Theory]
    [InlineData("CREATE TABLE orders (id int); CREATE TABLE orders (id int NOT NULL)")]
    [InlineData("CREATE TABLE orders (id int); CREATE TABLE orders (id int, total int)")]
    [InlineData("CREATE TABLE a.orders (id int); CREATE TABLE b.orders (id int)")]
    [InlineData("CREATE TEMP TABLE orders (id int)")]
    [InlineData("CREATE TABLE others (id int)")]
    [InlineData("-- CREATE TABLE orders (id int)")]
    [InlineData("DROP TABLE orders")]
    public void Files_that_do_not_say_it(string sql) => Assert.Null(Shape("", "orders", sql));

    [Fact]
    public void A_schema_tells_tables_of_one_name_apart()
    {
        const string Sql = "CREATE TABLE a.orders (id int); CREATE TABLE b.orders (total int NOT NULL)";
        Assert.Equal("total not null", Describe(Shape("", "b.orders", Sql)!));
        Assert.Equal("id null", Describe(Shape("", "A.Orders", Sql)!));
    }

    [Fact]
    public void Keys_of_files() => Assert.Equal(
        "id|number|a+b",
        string.Join("|", Shape("", "orders", "CREATE TABLE orders (id int PRIMARY KEY, number text UNIQUE, a int, b int, UNIQUE (a, b))")!.Keys.Select(key => string.Join("+", key))));

    [Theory]
    [InlineData("public string Name { get; set; } = null!;", "Id not null, Name not null")]
    [InlineData("public string? Name { get; set; }", "Id not null, Name null")]
    [InlineData("[Required] public string? Name { get; set; }", "Id not null, Name not null")]
    [InlineData("[Column(\"order_name\")] public string? Name { get; set; }", "Id not null, order_name null")]
    [InlineData("public int? Count { get; set; } public DateTime At { get; set; } public byte[] Data { get; set; } = []; public DayOfWeek? Day { get; set; }", "Id not null, Count null, At not null, Data not null, Day null")]
    [InlineData("[NotMapped] public int Count { get; set; } public int Twice => 2; public static int Shared { get; set; } public int ReadOnly { get; }", "Id not null")]
    [InlineData("public int CustomerId { get; set; } public Customer Customer { get; set; } = null!;", "Id not null, CustomerId not null")]
    [InlineData("[ForeignKey(\"Buyer\")] public int? BuyerKey { get; set; } public Customer? Buyer { get; set; }", "Id not null, BuyerKey null")]
    [InlineData("public List<Note> Notes { get; set; } = [];", "Id not null")]
    [InlineData("#nullable disable\npublic string Name { get; set; }", "Id not null, Name ?")]
    public void Tables_of_entities(string members, string columns)
    {
        TableShape table = Entity(members)!;
        Assert.Equal(columns, Describe(table));
        Assert.True(table.IsComplete);
        Assert.False(table.IsInOrder);
    }

    [Theory]
    [InlineData("model.Entity<Order>().Property(o => o.Name).HasColumnName(\"n\").IsRequired(false);", "Id not null, n null, Total not null", true)]
    [InlineData("model.Entity<Order>(order => { order.Property(o => o.Name).IsRequired().HasMaxLength(20); order.Ignore(o => o.Total); });", "Id not null, Name not null", true)]
    [InlineData("model.Entity<Order>().OwnsOne(o => o.Price);", "Id not null, Name not null, Total not null", false)]
    [InlineData("model.Entity<Order>().Property<int>(\"Tenant\");", "Id not null, Name not null, Total not null", false)]
    [InlineData("model.Entity<Order>().Property(o => o.Name).HasColumnName(ColumnOf(\"Name\"));", "Id not null, Name ?, Total not null", false)]
    [InlineData("model.Entity<Order>().HasDiscriminator<string>(\"Kind\");", "Id not null, Name not null, Total not null", false)]
    [InlineData("model.Entity<Vip>();", "Id not null, Name not null, Total not null", false)]
    public void Configured_entities(string configuration, string columns, bool isComplete)
    {
        TableShape table = Entity("public string Name { get; set; } = \"\"; public int Total { get; set; }", configuration)!;
        Assert.Equal(columns, Describe(table));
        Assert.Equal(isComplete, table.IsComplete);
    }

    [Theory]
    [InlineData("public Money Price { get; set; } = null!;")]
    [InlineData("public Customer Customer { get; set; } = null!;")]
    [InlineData("public List<string> Tags { get; set; } = [];")]
    public void Entities_whose_tables_may_have_other_columns(string members) => Assert.False(Entity(members)!.IsComplete);

    [Fact]
    public void The_parent_that_has_a_collection_may_put_a_column_into_the_table_of_the_child()
    {
        Assert.True(Shape(Code(""), "Tickets")!.IsComplete);
        Assert.False(Shape(Code("").Replace("DbSet<Note> Notes", "DbSet<Note> Notes { get; set; } = null!; public DbSet<Parent> Parents") + "public class Parent { public int Id { get; set; } public List<Ticket> All { get; set; } = []; }", "Tickets")!.IsComplete);
    }

    [Theory]
    [InlineData("options.UseSnakeCaseNamingConvention();")]
    [InlineData("foreach (var type in model.Model.GetEntityTypes()) foreach (var property in type.GetProperties()) property.SetColumnName(property.Name.ToLower());")]
    public void Names_by_a_convention_are_not_known(string configuration) => Assert.Null(Entity("", configuration));

    [Fact]
    public void An_attribute_alone_may_be_meant_for_another_library() =>
        Assert.Null(Shape("[Table(\"Orders\")] public class Order { public int Id { get; set; } }", "Orders"));

    [Fact]
    public void A_file_goes_before_an_entity() => Assert.Equal("Id not null, Extra null", Describe(Shape(Code(""), "Orders", "CREATE TABLE Orders (Id int PRIMARY KEY, Extra int)")!));

    [Theory]
    [InlineData("CREATE TABLE Orders (Id int PRIMARY KEY)")]
    [InlineData("CREATE TABLE Orders (Id int PRIMARY KEY, Name text NOT NULL)")]
    public void A_file_and_an_entity_that_contradict_each_other_say_nothing(string sql) => Assert.Null(Shape(Code("public string? Name { get; set; }"), "Orders", sql));

    [Theory]
    [InlineData("#orders")]
    [InlineData("sys.orders")]
    [InlineData("Unknown")]
    public void Tables_that_are_not_known(string table) => Assert.Null(Shape(Code(""), table, "CREATE TABLE #orders (id int)"));

    private static TableShape? Entity(string members, string configuration = "") => Shape(Code(members, configuration), "Orders");

    private static string Code(string members, string configuration = "") =>
        $$"""
        public class Shop : DbContext
        {
            public DbSet<Order> Orders { get; set; } = null!;
            public DbSet<Customer> Customers { get; set; } = null!;
            public DbSet<Ticket> Tickets => Set<Ticket>();
            public DbSet<Note> Notes { get; set; } = null!;
            protected void Configure(dynamic options, ModelBuilder model) { {{configuration}} }
            private static string ColumnOf(string name) => name;
        }
        public class Vip : Order { }
        public class Order
        {
            public int Id { get; set; }
            {{members}}
        }
        """;

    private static TableShape? Shape(string code, string table, params string[] files)
    {
        CSharpCompilation compilation = Base.AddSyntaxTrees(CSharpSyntaxTree.ParseText("#nullable enable\n" + code, (CSharpParseOptions)Base.SyntaxTrees[0].Options));
        var keys = new EntityKeys(compilation);
        SchemaFiles schema = SchemaFiles.Of([.. files.Select((text, i) => new TextFile($"{i}.sql", text)), new TextFile("readme.txt", "CREATE TABLE orders (x int)")]);
        var shapes = new TableShapes(compilation, schema, new EntityTables(compilation), keys, new UniqueKeys(compilation, keys));
        return shapes.Of(SqlScript.Parse("SELECT a FROM " + table).Statements[0].Sources[0]);
    }

    private static string Describe(TableShape table) =>
        string.Join(", ", table.Columns.Select(column => column.Name + column.IsNullable switch { true => " null", false => " not null", null => " ?" }));
}
