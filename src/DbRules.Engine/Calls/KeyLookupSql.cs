using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds SQL that looks rows up by one parameter, and turns it into SQL that looks them up by a list.</summary>
internal sealed class KeyLookupSql(CompilationContext context)
{
    /// <summary>The place in an edit that the name of the keys' parameter takes.</summary>
    public const string KeysPlace = "{keys}";

    /// <summary>The lookup that a call is; null when it is none, or when one query for all keys could give other results.</summary>
    public KeyLookup? Of(DbCall call, KeyLookupLoop loop, IOperation result)
    {
        if (call.Invocation is not { TargetMethod.TypeArguments: [var row] } invocation
            || call.Model?.Has(DbEffect.Lazy) != false
            || call.Argument(ParameterRole.Sql) is not { } sql
            || TextOf(sql) is not { } text
            || call.Argument(ParameterRole.Values) is not { } values
            || Operations.Unwrap(values) is not IAnonymousObjectCreationOperation parameters
            || call.Argument(ParameterRole.Connection) is not { } connection
            || !loop.HasBefore(connection))
        {
            return null;
        }

        bool othersAreSame = invocation.Arguments.All(argument =>
            argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value == connection || argument.Value == values || loop.IsSame(argument.Value));
        if (!othersAreSame || FindKey(parameters, loop) is not { } key || !CanBeListed(key.KeyOfElement.Type))
            return null;
        SqlScript script = SqlScript.Parse(SqlText.From(text));
        if (SqlLookups.EqualityLookup(script, key.Name) is not { } lookup || Condition(lookup, new Dialects(context).Of(connection, call.Body.Origins)) is not { } condition)
            return null;
        if (ShapeOf(call, row, lookup) is not { } shape)
            return null;
        bool returnsRows = shape is KeyLookupShape.One or KeyLookupShape.Many;
        IPropertySymbol? member = returnsRows ? MemberFor(row, lookup, script) : null;
        if (returnsRows ? !KeyLookupLoop.SameType(member?.Type, key.KeyOfElement.Type) : lookup.OrderBy is not null)
            return null;
        return new KeyLookup
        {
            Call = call,
            Shape = shape,
            Loop = loop.Loop,
            Element = loop.Element,
            Source = loop.Source,
            Result = result,
            Key = key.Value,
            KeyOfElement = key.KeyOfElement,
            Member = member?.Name ?? lookup.Column,
            IsUnique = member is not null && IsKeyName(member.Name, row),
            Row = returnsRows ? row : null,
            Sql = new SqlKeyLookup
            {
                Argument = sql,
                Text = text,
                Edits = Edits(lookup, shape, condition, text),
                Values = values,
                ValueMember = key.Site,
                Table = lookup.Table,
            },
        };
    }

    /// <summary>Text that stands in the call or in a constant of the class. A constant of the method would be left without a use.</summary>
    private static string? TextOf(IOperation sql)
    {
        IOperation value = Operations.Unwrap(sql);
        return value is ILiteralOperation or IBinaryOperation or IFieldReferenceOperation && value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
    }

    /// <summary>The one member of the values that varies, where it is a key of the element.</summary>
    private static (string Name, IOperation Site, IOperation Value, IOperation KeyOfElement)? FindKey(IAnonymousObjectCreationOperation parameters, KeyLookupLoop loop)
    {
        (string, IOperation, IOperation, IOperation)? found = null;
        foreach (IOperation initializer in parameters.Initializers)
        {
            if (initializer is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Value: { } value })
                return null;
            if (loop.IsSame(value))
                continue;
            if (found is not null || loop.KeyOfElement(value) is not { } keyOfElement)
                return null;
            found = (name, initializer, value, keyOfElement);
        }

        return found;
    }

    /// <summary>Types whose lists every driver sends: whole numbers of 16 to 64 bits with a sign, and Guid.</summary>
    private static bool CanBeListed(ITypeSymbol? type) =>
        type is { SpecialType: SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 } or { Name: "Guid", TypeKind: TypeKind.Struct };

    /// <summary>The comparison with a list; null where the dialect is not known, or limits lists so that long ones fail.</summary>
    private static string? Condition(EqualityLookup lookup, SqlDialect dialect) => dialect switch
    {
        SqlDialect.PostgreSql => $"{lookup.ColumnAsWritten} = ANY({lookup.ParameterPrefix}{KeysPlace})",
        SqlDialect.Sqlite or SqlDialect.MySql => $"{lookup.ColumnAsWritten} IN {lookup.ParameterPrefix}{KeysPlace}",
        _ => null,
    };

    private static KeyLookupShape? ShapeOf(DbCall call, ITypeSymbol row, EqualityLookup lookup)
    {
        bool isCount = lookup.SelectListKind == SelectListKind.CountAll && !lookup.HasRowLimitOne && call.Rows is RowCount.One or RowCount.Scalar;
        bool isScalar = call.Rows == RowCount.Scalar;
        if (row.SpecialType == SpecialType.System_Boolean)
            return isScalar && (isCount || lookup.SelectListKind == SelectListKind.ExistsOrConstant) ? KeyLookupShape.Any : null;
        if (row.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64)
            return isCount ? KeyLookupShape.Count : null;
        if (lookup.SelectListKind is not (SelectListKind.Star or SelectListKind.Columns))
            return null;
        return call.Rows switch
        {
            RowCount.One when lookup.OrderBy is null => KeyLookupShape.One,
            RowCount.Many when !lookup.HasRowLimitOne => KeyLookupShape.Many,
            _ => null,
        };
    }

    /// <summary>The property of the row type that gets the column; null when the result does not have the column under its own name.</summary>
    private static IPropertySymbol? MemberFor(ITypeSymbol row, EqualityLookup lookup, SqlScript script)
    {
        bool isSelected = lookup.SelectListKind == SelectListKind.Star
            || script.Statements[0].Select?.Items.Any(item => Same(item.Name, lookup.Column) && Same(item.ResultName, lookup.Column)) == true;
        if (!isSelected)
            return null;
        for (ITypeSymbol? type = row; type is not null; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null } property && Same(property.Name, lookup.Column))
                    return property;
            }
        }

        return null;
    }

    private static bool IsKeyName(string member, ITypeSymbol row) => Same(member, "Id") || Same(member, row.Name + "Id");

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static List<SqlEdit> Edits(EqualityLookup lookup, KeyLookupShape shape, string condition, string text)
    {
        var edits = new List<SqlEdit> { new(lookup.Conjunct.Start, lookup.Conjunct.Length, condition) };
        if (shape == KeyLookupShape.Count)
        {
            edits.Add(new SqlEdit(lookup.SelectList.Start, lookup.SelectList.Length, lookup.ColumnAsWritten + ", COUNT(*)"));
            edits.Add(new SqlEdit(lookup.GroupByPlace.Start, 0, " GROUP BY " + lookup.ColumnAsWritten));
        }
        else if (shape == KeyLookupShape.Any)
        {
            edits.Add(new SqlEdit(lookup.SelectList.Start, lookup.SelectList.Length, "DISTINCT " + lookup.ColumnAsWritten));
        }

        if (lookup.RowLimitOne is { } limit)
        {
            int start = limit.Start;
            while (start > 0 && char.IsWhiteSpace(text[start - 1]))
                start--;
            edits.Add(new SqlEdit(start, limit.End - start, ""));
        }

        // At one place a removal goes first, so that what is inserted there stays.
        return [.. edits.OrderByDescending(edit => edit.Start).ThenByDescending(edit => edit.Length)];
    }
}
