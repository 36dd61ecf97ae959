// Code that uses Dapper and ADO.NET as their authors mean it. No rule has anything to say here.

public sealed class CustomerStore(Func<DbConnection> connect)
{
    public async Task<Customer?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using DbConnection connection = connect();
        return await connection.QueryFirstOrDefaultAsync<Customer>(
            new CommandDefinition("SELECT Id, Name, Email FROM Customers WHERE Id = @id LIMIT 1", new { id }, cancellationToken: cancellationToken));
    }

    public async Task<int> RenameAsync(int id, string name, CancellationToken cancellationToken)
    {
        await using DbConnection connection = connect();
        return await connection.ExecuteAsync(
            new CommandDefinition("UPDATE Customers SET Name = @name WHERE Id = @id", new { id, name }, cancellationToken: cancellationToken));
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = connect();
        await connection.OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM Customers";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
