namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>The parts of SqlClient that the tests use; the rows know its types by their names.</summary>
internal static class SqlClientCode
{
    private const string OldUsings = "using System; using System.Collections; using System.Data; using System.Data.Common; using System.Threading; using System.Threading.Tasks;\n";

    /// <summary>For any language from C# 7 on.</summary>
    public const string OldSource = OldUsings + Types;

    /// <summary>For a project with global usings and nullable references.</summary>
    public const string Source = "#nullable disable\nusing System.Collections;\n" + Types;

    private const string Types =
        """
        namespace Microsoft.Data.SqlClient
        {
            public sealed class SqlConnection : DbConnection
            {
                public SqlConnection() { }
                public SqlConnection(string connectionString) { ConnectionString = connectionString; }
                public override string ConnectionString { get; set; }
                public override string Database => null;
                public override string DataSource => null;
                public override string ServerVersion => null;
                public override ConnectionState State => default;
                public override void ChangeDatabase(string databaseName) { }
                public override void Open() { }
                public override void Close() { }
                public new SqlCommand CreateCommand() => null;
                public new SqlTransaction BeginTransaction() => null;
                protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => null;
                protected override DbCommand CreateDbCommand() => null;
            }

            public sealed class SqlCommand : DbCommand
            {
                public SqlCommand() { }
                public SqlCommand(string cmdText) { }
                public SqlCommand(string cmdText, SqlConnection connection) { }
                public SqlCommand(string cmdText, SqlConnection connection, SqlTransaction transaction) { }
                public override string CommandText { get; set; }
                public override int CommandTimeout { get; set; }
                public override CommandType CommandType { get; set; }
                public override bool DesignTimeVisible { get; set; }
                public override UpdateRowSource UpdatedRowSource { get; set; }
                public new SqlConnection Connection { get; set; }
                public new SqlTransaction Transaction { get; set; }
                protected override DbConnection DbConnection { get; set; }
                protected override DbParameterCollection DbParameterCollection => null;
                protected override DbTransaction DbTransaction { get; set; }
                public override void Cancel() { }
                public override int ExecuteNonQuery() => 0;
                public override object ExecuteScalar() => null;
                public override void Prepare() { }
                public new SqlDataReader ExecuteReader() => null;
                public new SqlDataReader ExecuteReader(CommandBehavior behavior) => null;
                public new Task<SqlDataReader> ExecuteReaderAsync(CancellationToken cancellationToken) => null;
                protected override DbParameter CreateDbParameter() => null;
                protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => null;
            }

            public sealed class SqlTransaction : DbTransaction
            {
                public override IsolationLevel IsolationLevel => default;
                protected override DbConnection DbConnection => null;
                public override void Commit() { }
                public override void Rollback() { }
            }

            public sealed class SqlDataAdapter : DbDataAdapter
            {
                public SqlDataAdapter(SqlCommand selectCommand) { }
                public SqlDataAdapter(string selectCommandText, SqlConnection selectConnection) { }
            }

            public sealed class SqlDataReader : DbDataReader
            {
                public override int Depth => 0;
                public override int FieldCount => 0;
                public override bool HasRows => false;
                public override bool IsClosed => false;
                public override int RecordsAffected => 0;
                public override object this[int ordinal] => null;
                public override object this[string name] => null;
                public override bool GetBoolean(int ordinal) => default;
                public override byte GetByte(int ordinal) => default;
                public override long GetBytes(int ordinal, long dataOffset, byte[] buffer, int bufferOffset, int length) => default;
                public override char GetChar(int ordinal) => default;
                public override long GetChars(int ordinal, long dataOffset, char[] buffer, int bufferOffset, int length) => default;
                public override string GetDataTypeName(int ordinal) => null;
                public override DateTime GetDateTime(int ordinal) => default;
                public override decimal GetDecimal(int ordinal) => default;
                public override double GetDouble(int ordinal) => default;
                public override IEnumerator GetEnumerator() => null;
                public override Type GetFieldType(int ordinal) => null;
                public override float GetFloat(int ordinal) => default;
                public override Guid GetGuid(int ordinal) => default;
                public override short GetInt16(int ordinal) => default;
                public override int GetInt32(int ordinal) => default;
                public override long GetInt64(int ordinal) => default;
                public override string GetName(int ordinal) => null;
                public override int GetOrdinal(string name) => default;
                public override string GetString(int ordinal) => null;
                public override object GetValue(int ordinal) => null;
                public override int GetValues(object[] values) => default;
                public override bool IsDBNull(int ordinal) => default;
                public override bool NextResult() => false;
                public override bool Read() => false;
            }
        }
        """;
}
