using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using DbRules.Engine.Tests.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>The type of a connection says whether its provider has batches.</summary>
public sealed class BatchTypesTests
{
    [Theory]
    [InlineData("Npgsql.NpgsqlConnection", "NpgsqlBatch NpgsqlBatchCommand")]
    [InlineData("Microsoft.Data.SqlClient.SqlConnection", "SqlBatch SqlBatchCommand")]
    [InlineData("MySqlConnector.MySqlConnection", "MySqlBatch MySqlBatchCommand")]
    [InlineData("Own", "MySqlBatch MySqlBatchCommand")]
    [InlineData("Microsoft.Data.Sqlite.SqliteConnection", null)]
    [InlineData("MySql.Data.MySqlClient.MySqlConnection", null)]
    [InlineData("System.Data.Common.DbConnection", null)]
    [InlineData("System.Data.IDbConnection", null)]
    [InlineData("Npgsql.NpgsqlDataSource", null)]
    [InlineData("string", null)]
    public void Of_connection(string type, string? batch)
    {
        Compilation compilation = Libraries.Compile($$"""
            class C { {{type}} field; }
            abstract class Own : MySqlConnector.MySqlConnection { }
            namespace MySqlConnector
            {
                public abstract class MySqlConnection : System.Data.Common.DbConnection { }
                public abstract class MySqlTransaction : System.Data.Common.DbTransaction { }
                public class MySqlBatch : System.Data.Common.DbBatch { public MySqlBatch(MySqlConnection? connection = null, MySqlTransaction? transaction = null) { } }
                public class MySqlBatchCommand : System.Data.Common.DbBatchCommand { public MySqlBatchCommand() { } public MySqlBatchCommand(string? commandText) { } }
            }
            """);
        TypeSyntax declared = compilation.SyntaxTrees.First().GetRoot().DescendantNodes().OfType<FieldDeclarationSyntax>().First().Declaration.Type;
        var found = new BatchTypes(ModelIndex.Create(compilation, ModelSet.BuiltIn)).Of(compilation.GetSemanticModel(declared.SyntaxTree).GetTypeInfo(declared).Type);
        Assert.Equal(batch, found is { } types ? $"{types.Batch.Name} {types.Command.Name}" : null);
    }
}
