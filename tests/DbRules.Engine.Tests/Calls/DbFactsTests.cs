using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Engine.Calls;
using DbRules.Engine.Tests.Models;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>One set of facts per compilation, and what it says about passes of a loop.</summary>
public sealed class DbFactsTests
{
    [Fact]
    public void The_same_compilation_has_the_same_facts()
    {
        CSharpCompilation compilation = CodeUnderTest.Statements("db.Orders.First();").Compilation;
        DbFacts facts = For(compilation);
        Assert.Same(facts, For(compilation));
        Assert.NotSame(facts, For(compilation.WithAssemblyName("Other")));
    }

    [Fact]
    public void Other_rows_have_other_facts()
    {
        CSharpCompilation compilation = CodeUnderTest.Statements("db.Orders.First();").Compilation;
        Assert.NotSame(For(compilation), For(compilation, new TextFile("a.dbmodel", "type Order session")));
        Assert.Same(For(compilation), For(compilation, new TextFile("notes.txt", "type Order session")));
        var rows = new TextFile("a.dbmodel", "type Order session");
        var schema = new TextFile("a.sql", "CREATE TABLE orders (id int)");
        Assert.Same(For(compilation, rows, schema), For(compilation, schema, rows));
        Assert.NotSame(For(compilation, rows), For(compilation, rows, schema));
    }

    [Fact]
    public void Concurrent_questions_get_one_answer()
    {
        CSharpCompilation compilation = CodeUnderTest.Statements("db.Orders.First();").Compilation;
        var all = new DbFacts[32];
        Parallel.For(0, all.Length, i => all[i] = For(compilation));
        Assert.Single(all.Distinct());
    }

    [Fact]
    public void Facts_do_not_keep_their_compilation()
    {
        Asked().AssertLetGo();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Asked()
        {
            CodeUnderTest code = CodeUnderTest.Statements("foreach (var id in ids) db.Orders.First(order => order.Id == id);");
            Assert.NotEmpty(code.Bodies());
            return new WeakReference(code.Compilation);
        }
    }

    [Fact]
    public void Without_a_database_library_there_are_none() =>
        Assert.Null(DbFacts.For(Libraries.Compile("class C { void M(System.Collections.Generic.List<int> list) => list.Find(x => x > 1); }", Libraries.FrameworkAnd()), [], CancellationToken.None));

    [Fact]
    public void A_body_is_read_once()
    {
        CodeUnderTest code = CodeUnderTest.Statements("db.Orders.First();");
        BodyFacts first = Assert.Single(code.Bodies(), body => body.Owner.Name == "RunAsync").Facts;
        BodyFacts second = Assert.Single(code.Bodies(), body => body.Owner.Name == "RunAsync").Facts;
        Assert.Same(first, second);
        Assert.Single(first.Calls);
    }

    [Fact]
    public void A_body_without_database_calls_is_the_empty_one()
    {
        CodeUnderTest code = CodeUnderTest.Statements("foreach (var id in ids) orders.Find(o => o.Id == id);\nvar query = db.Orders.Where(o => o.Id > 1);");
        Assert.All(code.Bodies(), body => Assert.Same(BodyFacts.Empty, body.Facts));
        Assert.Empty(BodyFacts.Empty.Calls);
        Assert.Equal(CodeRole.Production, BodyFacts.Empty.Role);
        Assert.Same(BodyFacts.Empty, code.Facts.Body(code.Compilation.Assembly, []));
    }

    [Theory]
    [InlineData("foreach (var id in ids)\ndb.Orders.First(); //1", false)]
    [InlineData("foreach (var id in ids)\n{\ndb.Orders.First(); //1\nUse(id);\n}", false)]
    [InlineData("foreach (var id in ids)\n{\ndb.Orders.First(); //1\ndb.SaveChanges();\n}", true)]
    [InlineData("foreach (var id in ids)\n{\ndb.Orders.First(); //1\ndb.Add(new Order());\n}", false)]
    [InlineData("foreach (var id in ids)\n{\ndb.Orders.First(); //1\nconnection.Execute(\"DELETE FROM x\");\n}", true)]
    [InlineData("foreach (var id in ids)\n{\ndb.Orders.First(); //1\nconnection.Query(\"SELECT 1\");\n}", false)]
    [InlineData("foreach (var id in ids)\n{\ndb.Orders.First(); //1\nconnection.Query(text);\n}", true)]
    [InlineData("foreach (var id in ids)\n{\ndb.Orders.First(); //1\ngiven.ExecuteScalar();\n}", true)]
    [InlineData("Action<int> unknownEffect = flag ? id => { } : id => Use(id);\nforeach (var id in ids)\n{\ndb.Orders.First(); //1\nunknownEffect(id);\n}", true)]
    [InlineData("foreach (var id in ids)\ndb.Orders.First(); //1\ndb.SaveChanges();", false)]
    public void May_write(string statements, bool mayWrite)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        Assert.Equal(mayWrite, code.Facts.MayWrite(code.Call().Body, code.Iteration()));
    }

    [Fact]
    public void May_write_follows_the_methods_of_the_project()
    {
        CodeUnderTest code = CodeUnderTest.Of(
            """
            abstract class Base { public abstract void Open(); public virtual int Virtual() => 1; }

            class Report(Shop db, Base other)
            {
                void Run(int[] ids)
                {
                    foreach (var id in ids) { db.Orders.First(); Reads(); } //1
                    foreach (var id in ids) { db.Orders.First(); Writes(); } //2
                    foreach (var id in ids) { db.Orders.First(); other.Open(); } //3
                    foreach (var id in ids) { db.Orders.First(); Loops(id); } //4
                    foreach (var id in ids) { db.Orders.First(); new Writer(db); } //5
                    foreach (var id in ids) { db.Orders.First(); Console.WriteLine(id); } //6
                    foreach (var id in ids) { db.Orders.First(); other.Virtual(); } //7
                }

                int Reads() => Inner();
                int Inner() => 1;
                void Writes() => Store();
                void Store() => db.SaveChanges();
                void Loops(int n) { if (n > 0) Loops(n - 1); }
            }

            class Writer { public Writer(Shop db) { db.SaveChanges(); } }
            """);
        bool[] expected = [false, true, true, false, true, false, true];
        for (int i = 0; i < expected.Length; i++)
        {
            DbCall call = code.Calls($"//{i + 1}").First(call => call.Name == "First");
            Assert.True(expected[i] == code.Facts.MayWrite(call.Body, call.RepetitionBeyond(4).PerElement!), $"//{i + 1}");
        }
    }

    [Theory]
    [InlineData("foreach (var id in ids)\ndb.Orders.First(); //1", true)]
    [InlineData("var key = ids[0];\nforeach (var id in ids)\ndb.Orders.First(o => o.Id == key); //1", true)]
    [InlineData("foreach (var id in ids)\ndb.Orders.First(o => o.Id == id); //1", false)]
    [InlineData("foreach (var id in ids)\n{\nvar key = id + 1;\ndb.Orders.First(o => o.Id == key); //1\n}", false)]
    [InlineData("foreach (var id in ids)\ndb.Orders.First(o => o.Number == DateTime.UtcNow.ToString()); //1", false)]
    [InlineData("foreach (var id in ids)\n{\ndb.Orders.First(); //1\ndb.SaveChanges();\n}", false)]
    [InlineData("foreach (var id in ids)\nconnection.Query(\"SELECT 1\"); //1", true)]
    [InlineData("foreach (var id in ids)\nconnection.Query(text); //1", false)]
    [InlineData("foreach (var id in ids)\nconnection.Query($\"SELECT {id}\"); //1", false)]
    [InlineData("foreach (var id in ids)\n{\n_position = id;\ndb.Orders.Find(_position); //1\n}", false)]
    [InlineData("foreach (var id in ids)\ndb.Orders.Find(_position); //1", true)]
    public void Is_the_same_in_every_pass(string statements, bool same)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        Assert.Equal(same, code.Facts.IsSameInEveryPass(code.Call(), code.Iteration()));
    }

    private static DbFacts For(CSharpCompilation compilation, params AdditionalText[] files) =>
        DbFacts.For(compilation, [.. files], CancellationToken.None)!;
}
