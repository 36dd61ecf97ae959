using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Engine.Tests.Models;

/// <summary>Whether a project sees a database library at all.</summary>
public sealed class LibrarySightTests
{
    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("Dapper")]
    [InlineData("Npgsql")]
    [InlineData("Microsoft.Data.SqlClient")]
    [InlineData("System.Data.SqlClient")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("MySql.Data")]
    public void A_reference_is_enough(string assembly)
    {
        Assert.True(Sees("", Libraries.FrameworkAnd(assembly)));
    }

    [Theory]
    [InlineData("class C { }", false)]
    [InlineData("using System; using System.Linq; class C { }", false)]
    [InlineData("using System.Database; using System.DataStuff.More; class C { }", false)]
    [InlineData("using System.Data; class C { }", true)]
    [InlineData("using System.Data.Common; class C { }", true)]
    [InlineData("global using System.Data; class C { }", true)]
    [InlineData("using global::System.Data.Common; class C { }", true)]
    [InlineData("using static System.Data.CommandType; class C { }", true)]
    [InlineData("using Connection = System.Data.IDbConnection; class C { }", true)]
    [InlineData("namespace A.B { namespace C { using System.Data; } }", true)]
    [InlineData("namespace A.B; using System.Data; class C { }", true)]
    [InlineData("using", false)]
    [InlineData("using ;;; namespace", false)]
    public void Without_a_reference_the_imports_decide(string source, bool sees)
    {
        Assert.Equal(sees, Sees(source, Libraries.FrameworkAnd()));
        // A second look is answered from memory.
        Assert.Equal(sees, Sees(source, Libraries.FrameworkAnd()));
    }

    [Fact]
    public void A_users_type_marked_library_counts()
    {
        var compilation = Libraries.Compile("public class Store { }", Libraries.FrameworkAnd());
        var marked = ModelSet.Create([new TextFile("User.dbmodel", "type Store library")]);
        var unmarked = ModelSet.Create([new TextFile("User.dbmodel", "type Store session")]);
        Assert.True(marked.SeesDatabaseLibrary(compilation));
        Assert.False(unmarked.SeesDatabaseLibrary(compilation));
    }

    [Theory]
    [InlineData("class C { }", false)]
    [InlineData("class C { global::System.Data.Common.DbConnection M() => null; }", true)]
    [InlineData("class C { object M() => Dapper.SqlMapper.Settings.CommandTimeout; }", true)]
    [InlineData("// Npgsql is mentioned\nclass C { }", true)]
    [InlineData("class C { Store M() => null; }", true)]
    public void The_text_of_a_file_names_a_library(string source, bool names)
    {
        var models = ModelSet.Create([new TextFile("User.dbmodel", "type Store library")]);
        foreach (string text in new[] { source, new string(' ', 16_381) + source, new string('\n', 100_000) + source })
        {
            var compilation = Libraries.Compile(text, Libraries.FrameworkAnd());
            Assert.Equal(names, ModelIndex.Create(compilation, models).IsLibraryNamedIn(compilation.SyntaxTrees[^1]));
        }
    }

    [Theory]
    [InlineData("xunit.core", true)]
    [InlineData("nunit.framework", true)]
    [InlineData("Dapper", false)]
    public void A_test_project_sees_a_test_framework(string assembly, bool sees)
    {
        var compilation = Libraries.Compile("", Libraries.FrameworkAnd(assembly));
        Assert.Equal(sees, ModelIndex.Create(compilation, ModelSet.BuiltIn).SeesTestFramework);
    }

    [Theory]
    [InlineData("postgresql", "Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL", "Dapper")]
    [InlineData("sqlserver", "Microsoft.Data.SqlClient", "System.Data.SqlClient")]
    [InlineData(null, "Npgsql", "Microsoft.Data.Sqlite")]
    [InlineData(null, "Dapper", "Microsoft.EntityFrameworkCore")]
    public void The_only_dialect_is_known(string? dialect, params string[] assemblies)
    {
        var compilation = Libraries.Compile("", Libraries.FrameworkAnd(assemblies));
        Assert.Equal(dialect, ModelIndex.Create(compilation, ModelSet.BuiltIn).OnlyDialect);
    }

    private static bool Sees(string source, IEnumerable<MetadataReference> references) =>
        ModelSet.BuiltIn.SeesDatabaseLibrary(Libraries.Compile(source, references));
}
