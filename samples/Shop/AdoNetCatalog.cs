using System.Data.Common;

namespace Shop;

/// <summary>The catalog on ADO.NET: more rows than are needed.</summary>
public sealed class AdoNetCatalog(DbConnection connection)
{
    /// <summary>Every product there will ever be, in one list.</summary>
    public List<string> Names()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Name, Id FROM Products";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }
}
