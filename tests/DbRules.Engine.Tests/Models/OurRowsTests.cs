using System.Text.RegularExpressions;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Engine.Tests.Models;

/// <summary>Our rows against the real libraries: what they name exists, and what matters is named.</summary>
public sealed class OurRowsTests
{
    private static readonly ModelLayer Ours = ModelSet.BuiltIn.Layers.Single();
    private static readonly Compilation Everything = Libraries.Compile("", Libraries.All);
    private static readonly ModelIndex OurIndex = ModelIndex.Create(Everything, ModelSet.BuiltIn);

    public static TheoryData<string> FileNames => [.. Ours.Files.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Every_row_can_be_read(string name) => Assert.Empty(File(name).Problems);

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Every_name_of_a_row_exists(string name) =>
        Assert.Empty(new ModelCheck(Everything, File(name), CancellationToken.None).Run());

    /// <summary>What <c>optional</c> and an unreferenced assembly excuse, so that no slip hides behind them.</summary>
    [Fact]
    public void Only_these_names_are_unchecked()
    {
        string[] unverified =
        [
            "Aspire.Microsoft.EntityFrameworkCore.SqlServer.MicrosoftEntityFrameworkCoreSqlServerSettings",
            "Aspire.Npgsql.EntityFrameworkCore.PostgreSQL.NpgsqlEntityFrameworkCorePostgreSQLSettings",
            "Aspire.Pomelo.EntityFrameworkCore.MySql.PomeloEntityFrameworkCoreMySqlSettings",
            "Dapper.Contrib.Extensions.SqlMapperExtensions",
            "Gridify.GridifyExtensions",
            "Microsoft.EntityFrameworkCore.Infrastructure.MySqlDbContextOptionsBuilder",
            "Microsoft.EntityFrameworkCore.MySQLDbContextOptionsExtensions",
            "Microsoft.EntityFrameworkCore.MySqlDbContextOptionsBuilderExtensions",
            "Microsoft.EntityFrameworkCore.MySqlRetryingExecutionStrategy",
            "Microsoft.EntityFrameworkCore.OracleDbContextOptionsExtensions",
            "Microsoft.Extensions.Hosting.AspireEFMySqlExtensions",
            "Microsoft.Extensions.Hosting.AspireEFPostgreSqlExtensions",
            "Microsoft.Extensions.Hosting.AspireSqlServerEFCoreSqlClientExtensions",
            "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute",
            "MySqlConnector.MySqlBatch",
            "MySqlConnector.MySqlBatchCommand",
            "MySqlConnector.MySqlBulkCopy",
            "MySqlConnector.MySqlBulkLoader",
            "MySqlConnector.MySqlCommand",
            "MySqlConnector.MySqlConnection",
            "MySqlConnector.MySqlDataSource",
            "Oracle.EntityFrameworkCore.OracleRetryingExecutionStrategy",
            "Oracle.ManagedDataAccess.Client.OracleCommand",
            "Oracle.ManagedDataAccess.Client.OracleConnection",
            "Oracle.ManagedDataAccess.Client.OracleDataAdapter",
            "System.Data.Odbc.OdbcCommand",
            "System.Data.Odbc.OdbcConnection",
            "System.Data.Odbc.OdbcDataAdapter",
            "System.Data.OleDb.OleDbCommand",
            "System.Data.OleDb.OleDbConnection",
            "System.Data.OleDb.OleDbDataAdapter",
            "System.Data.SQLite.SQLiteCommand",
            "System.Data.SQLite.SQLiteConnection",
            "System.Data.SQLite.SQLiteDataAdapter",
            "System.Linq.Dynamic.Core.DynamicEnumerableAsyncExtensions",
            "System.Linq.Dynamic.Core.DynamicEnumerableExtensions",
            "System.Linq.Dynamic.Core.DynamicQueryableExtensions",
            "TUnit.Core.TestAttribute",
            "X.PagedList.EF.PagedListExtensions",
            "X.PagedList.Extensions.PagedListExtensions",
            "X.PagedList.PagedListExtensions",
            // MongoDB.Driver 2.
            "Distinct",
            "GroupBy",
            "OfType",
            "OrderBy",
            "OrderByDescending",
            "Select",
            "SelectMany",
            "ThenBy",
            "ThenByDescending",
            "Where",
            // EF Core 7 and 8.
            "ExecuteDelete[Async]",
            "ExecuteDelete[Async]",
            "ExecuteSqlCommand[Async]",
            "ExecuteSqlCommand[Async]",
            "ExecuteUpdate[Async]",
            "ExecuteUpdate[Async]",
        ];
        var strict = Ours.Files.SelectMany(file =>
        {
            var text = SourceText.From(Regex.Replace(file.Text.ToString(), @"(?<=\s)(optional|assembly:\S+)(?=\s)", ""));
            return new ModelCheck(Everything, ModelReader.Read(text, file.Path), CancellationToken.None).Run().Select(problem => text.ToString(problem.Span));
        });
        Assert.Equal(unverified.Order(StringComparer.Ordinal), strict.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_type_stands_in_two_files()
    {
        var types = Ours.Files.SelectMany(file => file.Types).Select(type => type.Model.Name).ToList();
        Assert.Equal(types.Distinct(), types);
    }

    [Fact]
    public void Every_twin_row_names_both_members()
    {
        foreach (var type in Ours.Files.SelectMany(file => file.Types))
        {
            foreach (var member in type.Rows.SelectMany(row => row.Members).Select(member => member.Model).Where(member => member.HasAsyncTwin))
            {
                var twin = member.Name.EndsWith("Async", StringComparison.Ordinal) ? member.Name[..^"Async".Length] : member.Name + "Async";
                Assert.True(type.Member(twin) is not null, $"{member} has no twin {twin}");
            }
        }
    }

    [Fact]
    public void Every_parameter_role_fits_its_type()
    {
        var misfits = new List<string>();
        foreach (var (member, parameter) in ParametersOfRows())
        {
            if (member.Plays(parameter.Name, ParameterRole.Cancel) && parameter.Type.Name != "CancellationToken")
                misfits.Add($"{member}: {parameter} is no token");
            if (member.Plays(parameter.Name, ParameterRole.Sql) && parameter.Type.Name is not ("String" or "FormattableString"))
                misfits.Add($"{member}: {parameter} is no text");
            if (member.Plays(parameter.Name, ParameterRole.PerElement) && parameter.Type.TypeKind is not (TypeKind.Delegate or TypeKind.TypeParameter))
                misfits.Add($"{member}: {parameter} is no delegate");
            if (member.Plays(parameter.Name, ParameterRole.Runs) && (parameter.Type is IArrayTypeSymbol array ? array.ElementType : parameter.Type).TypeKind != TypeKind.Delegate)
                misfits.Add($"{member}: {parameter} is no delegate");
            if (member.Plays(parameter.Name, ParameterRole.Transaction) && !IsTransaction(parameter.Type))
                misfits.Add($"{member}: {parameter} is no transaction");
        }

        Assert.Empty(misfits);
    }

    [Fact]
    public void Every_token_of_a_modelled_member_is_named()
    {
        var tokens = ParametersOfRows().Where(row => row.Parameter.Type.Name == "CancellationToken" && row.Member.Effect != DbEffect.None);
        Assert.Empty(tokens.Where(row => !row.Member.Plays(row.Parameter.Name, ParameterRole.Cancel)).Select(row => $"{row.Member}: {row.Parameter}").Distinct());
    }

    [Fact]
    public void Every_delegate_that_LINQ_runs_in_memory_is_named()
    {
        // These run once for a whole sequence, a key or a partition.
        string[] oncePerCall = ["System.Linq.Enumerable.Aggregate: resultSelector", "System.Linq.AsyncEnumerable.AggregateAsync: resultSelector",
            "System.Linq.ImmutableArrayExtensions.Aggregate: resultSelector", "System.Linq.ParallelEnumerable.Aggregate: resultSelector",
            "System.Linq.ParallelEnumerable.Aggregate: combineAccumulatorsFunc", "System.Linq.ParallelEnumerable.Aggregate: seedFactory"];
        var delegates = ParametersOfRows().Where(row => row.Member.Library == "LINQ" && row.Parameter.Type.TypeKind == TypeKind.Delegate)
            .Where(row => !row.Member.Plays(row.Parameter.Name, ParameterRole.PerElement))
            .Select(row => $"{row.Member}: {row.Parameter.Name}");
        Assert.Equal(oncePerCall.Order(StringComparer.Ordinal), delegates.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("System.Linq.Queryable")]
    [InlineData("System.Linq.Enumerable")]
    [InlineData("System.Linq.ParallelEnumerable")]
    [InlineData("System.Linq.ImmutableArrayExtensions")]
    [InlineData("Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions")]
    [InlineData("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions")]
    public void Every_public_method_has_a_row(string typeName)
    {
        var type = Row(typeName);
        var missing = PublicMethods(Everything, typeName).Select(method => method.Name).Distinct().Where(name => type.Member(name) is null);
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_public_method_of_the_frameworks_AsyncEnumerable_has_a_row()
    {
        var type = Row("System.Linq.AsyncEnumerable");
        var methods = PublicMethods(Libraries.Compile(""), "System.Linq.AsyncEnumerable");
        var missing = methods.Select(method => method.Name).Distinct().Where(name => type.Member(name) is null);
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_Dapper_method_on_a_connection_has_a_row()
    {
        var type = Row("Dapper.SqlMapper");
        var methods = PublicMethods(Everything, "Dapper.SqlMapper").Where(method => method.Parameters.Any(parameter => parameter.Type.Name == "IDbConnection")).ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(type.Member(method.Name) is { } row && row.Has(DbEffect.RoundTrip), method.Name));
    }

    [Fact]
    public void Every_GridReader_read_has_a_row()
    {
        var type = Row("Dapper.SqlMapper+GridReader");
        var reads = PublicMethods(Everything, "Dapper.SqlMapper+GridReader").Where(method => method.Name.StartsWith("Read", StringComparison.Ordinal));
        Assert.All(reads, method => Assert.True(type.Member(method.Name) is { } row && row.Has(DbEffect.Reads) && !row.Has(DbEffect.RoundTrip), method.Name));
    }

    [Theory]
    [InlineData("System.Data.IDbCommand", "Execute")]
    [InlineData("System.Data.Common.DbCommand", "Execute")]
    [InlineData("System.Data.Common.DbBatch", "Execute")]
    [InlineData("System.Data.IDbConnection", "Open")]
    [InlineData("System.Data.Common.DbConnection", "Open")]
    [InlineData("System.Data.Common.DbConnection", "BeginTransaction")]
    [InlineData("Microsoft.EntityFrameworkCore.DbContext", "SaveChanges")]
    [InlineData("Microsoft.EntityFrameworkCore.DbContext", "Find")]
    [InlineData("Microsoft.EntityFrameworkCore.DbSet`1", "Find")]
    [InlineData("Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions", "ExecuteSql")]
    [InlineData("MongoDB.Driver.IMongoCollection`1", "Find")]
    [InlineData("MongoDB.Driver.IMongoCollection`1", "Insert")]
    [InlineData("MongoDB.Driver.IMongoCollection`1", "Update")]
    [InlineData("MongoDB.Driver.IMongoCollection`1", "Replace")]
    [InlineData("MongoDB.Driver.IMongoCollection`1", "Delete")]
    [InlineData("MongoDB.Driver.IMongoCollection`1", "Count")]
    [InlineData("MongoDB.Driver.IFindFluentExtensions", "First")]
    [InlineData("MongoDB.Driver.IFindFluentExtensions", "Single")]
    [InlineData("MongoDB.Driver.IAggregateFluentExtensions", "First")]
    [InlineData("MongoDB.Driver.IAsyncCursorSourceExtensions", "")]
    [InlineData("StackExchange.Redis.IDatabase", "StringGet")]
    [InlineData("StackExchange.Redis.IDatabase", "List")]
    [InlineData("StackExchange.Redis.IDatabase", "Set")]
    [InlineData("StackExchange.Redis.IDatabase", "SortedSet")]
    [InlineData("StackExchange.Redis.IDatabaseAsync", "StringGet")]
    [InlineData("StackExchange.Redis.IDatabaseAsync", "List")]
    [InlineData("StackExchange.Redis.IDatabaseAsync", "Set")]
    [InlineData("StackExchange.Redis.IDatabaseAsync", "SortedSet")]
    public void Every_method_that_begins_so_is_a_round_trip(string typeName, string prefix)
    {
        var type = Row(typeName);
        var methods = PublicMethods(Everything, typeName).Where(method => method.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(type.Member(method.Name)?.Has(DbEffect.RoundTrip), method.Name));
    }

    [Fact]
    public void Who_dispatches_names_the_request()
    {
        var dispatching = Ours.Files.SelectMany(file => file.Types).SelectMany(type => type.Rows).SelectMany(row => row.Members)
            .Select(member => member.Model)
            .Where(member => member.Has(DbEffect.Dispatches))
            .ToList();
        Assert.NotEmpty(dispatching);
        Assert.All(dispatching, member => Assert.NotEmpty(member.ParametersOf(ParameterRole.Request)));
    }

    [Fact]
    public void Who_handles_is_an_interface_whose_first_type_argument_is_constrained_to_requests()
    {
        var handlers = Ours.Files.SelectMany(file => file.Types).Where(type => type.Model.Has(TypeTraits.Handles)).ToList();
        Assert.NotEmpty(handlers);
        Assert.All(handlers, handler =>
        {
            var type = Assert.Single(Everything.GetTypesByMetadataName(handler.Model.Name));
            Assert.Equal(TypeKind.Interface, type.TypeKind);
            Assert.NotEmpty(type.TypeParameters[0].ConstraintTypes);
        });
    }

    [Fact]
    public void A_reading_round_trip_says_how_much_it_returns()
    {
        var reading = Ours.Files.SelectMany(file => file.Types).SelectMany(type => type.Rows).SelectMany(row => row.Members)
            .Select(member => member.Model)
            .Where(member => member.Has(DbEffect.Reads) || member.Has(DbEffect.Enumerates));
        Assert.All(reading, member => Assert.True(member.Rows is RowCount.Scalar or RowCount.One or RowCount.Many, member.ToString()));
    }

    private static bool IsTransaction(ITypeSymbol type) =>
        type.Name.Contains("Transaction", StringComparison.Ordinal) || OurIndex.Of(type)?.Has(TypeTraits.Transaction) == true;

    private static IEnumerable<(MemberModel Member, IParameterSymbol Parameter)> ParametersOfRows() =>
        from type in Ours.Files.SelectMany(file => file.Types)
        from row in type.Rows
        from member in row.Members
        from symbol in SymbolsOf(type, member.Model.Name).OfType<IMethodSymbol>()
        from parameter in symbol.Parameters
        select (member.Model, parameter);

    private static ModelFile File(string name) => Ours.Files.Single(file => file.Path == name);

    private static TypeRow Row(string typeName) => Ours.Files.SelectMany(file => file.Types).Single(type => type.Model.Name == typeName);

    private static IEnumerable<ISymbol> SymbolsOf(TypeRow type, string member) =>
        Everything.GetTypesByMetadataName(type.Model.Name).SelectMany(symbol => symbol.GetMembers()).Where(symbol => symbol.MetadataName == member);

    private static IEnumerable<IMethodSymbol> PublicMethods(Compilation compilation, string typeName) =>
        compilation.GetTypesByMetadataName(typeName).SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>()
            .Where(method => method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary });
}
