using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A place that talks to a store, before its facts are worked out.</summary>
internal readonly record struct CallSite(IOperation Operation, MemberModel? Model, IOperation? Source);

/// <summary>A place that puts a value into a static member: the assignment or the initializer.</summary>
internal readonly record struct StaticValue(ISymbol Member, IOperation Value, IOperation Site);

/// <summary>A place that hands a text over which is SQL, or may be.</summary>
/// <param name="Text">The text.</param>
/// <param name="Site">What takes it: a creation, an assignment, a call; the text itself where a comment says that it is SQL.</param>
/// <param name="Declared">The parameter, field or property that has to say that it takes SQL; null where a row or a comment says so.</param>
internal readonly record struct SqlSite(IOperation Text, IOperation Site, ISymbol? Declared);

/// <summary>
/// Picks the operations of a body that talk to a store, and those that run other code under analysis. Costs one name look-up per call of any
/// kind, and nothing that survives where nothing is found.
/// </summary>
internal sealed class CallReader(CompilationContext context)
{
    private const DbEffect Interesting = DbEffect.RoundTrip | DbEffect.Enumerates | DbEffect.Writes | DbEffect.WritesBySql | DbEffect.Stages | DbEffect.Saves | DbEffect.Begins;

    /// <summary>What was found.</summary>
    public List<CallSite> Sites { get; } = [];

    /// <summary>The calls into other code under analysis.</summary>
    public List<OwnCallSite> OwnSites { get; } = [];

    /// <summary>The objects that are handed to a serializer.</summary>
    public List<IOperation> Serialized { get; } = [];

    /// <summary>The transactions that are made ambient.</summary>
    public List<IObjectCreationOperation> Ambient { get; } = [];

    /// <summary>Every place that may hand out something which somebody must release.</summary>
    public List<IOperation> Acquired { get; } = [];

    /// <summary>Every call that hands out what another object owns.</summary>
    public List<IInvocationOperation> Lent { get; } = [];

    /// <summary>Every call that may register one object for the whole application.</summary>
    public List<IInvocationOperation> Registrations { get; } = [];

    /// <summary>Every connection or context that is kept in a static member.</summary>
    public List<StaticValue> Static { get; } = [];

    /// <summary>The <c>using</c> statements and declarations.</summary>
    public List<IOperation> Usings { get; } = [];

    /// <summary>Every place that hands over a text which is SQL, or may be.</summary>
    public List<SqlSite> SqlSites { get; } = [];

    /// <summary>Whether something is called that only run time binds.</summary>
    public bool HasDynamicCalls { get; private set; }

    /// <summary>What the body does outside of a store: a download, a file, another service, or a library that no row describes.</summary>
    public WorkOutside Outside { get; private set; }

    /// <summary>Whether a connection, command, reader or transaction may be made or released.</summary>
    public bool HasResources { get; private set; }

    /// <summary>Whether the body does something to a store, runs other code under analysis, or holds what somebody must release.</summary>
    public bool Matters => Sites.Count > 0 || OwnSites.Count > 0 || SqlSites.Count > 0 || HasDynamicCalls || HasResources || Outside != WorkOutside.None;

    /// <summary>Whether anything at all was found.</summary>
    public bool HasFound => Matters || HasRare || HasFunctions;

    /// <summary>Whether a place was found that few bodies have.</summary>
    public bool HasRare =>
        Serialized.Count > 0 || Ambient.Count > 0 || Acquired.Count > 0 || Lent.Count > 0 || Registrations.Count > 0 || Static.Count > 0 || Usings.Count > 0 || SqlSites.Count > 0;

    /// <summary>Whether the body has a lambda or a local function.</summary>
    public bool HasFunctions { get; private set; }

    /// <summary>Forgets what was found, so that the next body can be read.</summary>
    public void Clear()
    {
        Sites.Clear();
        OwnSites.Clear();
        Serialized.Clear();
        Ambient.Clear();
        Acquired.Clear();
        Lent.Clear();
        Registrations.Clear();
        Static.Clear();
        Usings.Clear();
        SqlSites.Clear();
        HasFunctions = false;
        HasDynamicCalls = false;
        Outside = WorkOutside.None;
        HasResources = false;
    }

    /// <summary>Looks at one operation; always goes on below it.</summary>
    public bool Visit(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                VisitCall(call);
                break;
            case IPropertyReferenceOperation property:
                VisitProperty(property);
                break;
            case IObjectCreationOperation { Constructor: { } constructor, Type: { } type }:
                VisitCreation((IObjectCreationOperation)operation, constructor, context.Models.Of(type));
                if (!constructor.IsImplicitlyDeclared)
                    AddOwn(operation, constructor);
                break;
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                HasFunctions = true;
                break;
            case IUsingOperation or IUsingDeclarationOperation:
                HasResources = true;
                Usings.Add(operation);
                break;
            case IAssignmentOperation { Target: IMemberReferenceOperation { Instance: null, Member: var member }, Value: var value } and (ISimpleAssignmentOperation or ICoalesceAssignmentOperation):
                VisitStatic(member, value, operation);
                break;
            case IFieldInitializerOperation { InitializedFields: [var field], Value: var value }:
                VisitStatic(field, value, operation);
                if (field.Type.SpecialType == SpecialType.System_String && SqlWords.StartsAsSql(value))
                    AddSql(value, value, field);
                break;
            case IPropertyInitializerOperation { InitializedProperties: [var property], Value: var value }:
                VisitStatic(property, value, operation);
                break;
            case IConversionOperation { OperatorMethod: { } conversion }:
                AddOwn(operation, conversion);
                break;
            case IBinaryOperation { OperatorMethod: { } binary }:
                AddOwn(operation, binary);
                break;
            case IUnaryOperation { OperatorMethod: { } unary }:
                AddOwn(operation, unary);
                break;
            case ICompoundAssignmentOperation { OperatorMethod: { } compound }:
                AddOwn(operation, compound);
                break;
            case IDynamicInvocationOperation or IFunctionPointerInvocationOperation:
                HasDynamicCalls = true;
                break;
            // Of most arguments the value says enough: to ask for the type of a parameter makes a symbol.
            case IArgumentOperation { Parameter: { } parameter, Value: ILiteralOperation or IInterpolatedStringOperation or IBinaryOperation or ILocalReferenceOperation or IFieldReferenceOperation } argument
                when parameter.Type.SpecialType == SpecialType.System_String && SqlWords.MayBeSql(argument.Value, parameter.Name):
                AddSql(argument.Value, argument.Parent ?? argument, parameter);
                break;
            case IArgumentOperation { Parameter: { } parameter, Value: IDelegateCreationOperation { Target: IMethodReferenceOperation } or ILocalReferenceOperation or IParameterReferenceOperation } argument when RunsDelegate(parameter):
                VisitDelegate(argument.Value);
                break;
            case ILiteralOperation or IInterpolatedStringOperation when SqlWords.StartsAsSql(operation) && SqlWords.IsCalledSql(operation.Syntax) && SqlWords.SumStartingWith(operation) is { } whole:
                AddSql(whole, whole, null);
                break;
            case IVariableDeclaratorOperation { Initializer.Value: { Type.SpecialType: SpecialType.System_String } value } when SqlWords.IsCalledSql(operation.Syntax.Parent?.Parent):
                AddSql(value, value, null);
                break;
            case IForEachLoopOperation { Collection: { } collection } when QueryBehind(collection) is { } query:
                Add(Operations.Unwrap(collection), null, query);
                break;
        }

        return true;
    }

    private void VisitCreation(IObjectCreationOperation creation, IMethodSymbol constructor, TypeModel? model)
    {
        if (model is not null && !creation.Arguments.IsEmpty && TextOf(creation, constructor, model) is { } sql)
            AddSql(sql, creation, null);
        if (model?.IsResource == true)
            AddAcquired(creation);
        if (model?.Has(TypeTraits.Ambient) == true)
            Ambient.Add(creation);
        // A file that is opened is the one stream of which it is known what stands behind it.
        if (model?.Has(TypeTraits.Inside) == true && context.Models.Of(constructor)?.Has(DbEffect.Outside) == true)
            Outside = WorkOutside.Certain;
    }

    /// <summary>The text that a new object is given as SQL: by its row, or the only text that the constructor of a command takes.</summary>
    private IOperation? TextOf(IObjectCreationOperation creation, IMethodSymbol constructor, TypeModel model)
    {
        if (context.Models.Of(constructor) is { } row && row.Parameters.TryGetValue(ParameterRole.Sql, out string? name))
            return Operations.Argument(creation.Arguments, name);
        return model.Has(TypeTraits.Command) ? creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Type.SpecialType == SpecialType.System_String)?.Value : null;
    }

    private void VisitCall(IInvocationOperation call)
    {
        if (context.Models.Of(call.TargetMethod) is not { } model)
        {
            if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
                OwnSites.Add(new OwnCallSite(call, null));
            else if (context.Own.Contains(call.TargetMethod))
                VisitOwnCall(call);
            else
                Outside = Outside.And(UnknownWaits.Of(call, context));
            return;
        }

        Outside = Outside.And(model.Has(DbEffect.Outside) ? WorkOutside.Certain : (model.Effect & (DbEffect.Remote | DbEffect.Waits)) != 0 ? WorkOutside.Possible : WorkOutside.None);
        if (model.Parameters.TryGetValue(ParameterRole.Sql, out string? text) && Operations.Argument(call, text) is { } sql)
            AddSql(sql, call, null);
        if (model.Parameters.TryGetValue(ParameterRole.Serializes, out string? serialized) && Operations.Argument(call, serialized) is { } graph)
            Serialized.Add(graph);

        if (model.Plays("return", ParameterRole.Acquires))
            AddAcquired(call);
        if (model.Plays("return", ParameterRole.Lends))
            Lent.Add(call);
        if (model.Has(DbEffect.RegistersSingleton) || model.Parameters.ContainsKey(ParameterRole.Lifetime))
            Registrations.Add(call);
        HasResources |= Lent.Count > 0 || Registrations.Count > 0 || model.Parameters.ContainsKey(ParameterRole.Acquires) || model.Parameters.ContainsKey(ParameterRole.Releases);
        if (model.Has(DbEffect.Dispatches))
            OwnSites.Add(new OwnCallSite(call, call.TargetMethod));
        if ((model.Effect & Interesting) == 0)
            return;
        if (model.Has(DbEffect.Enumerates))
        {
            if (SourceOf(call, model) is { } source && QueryBehind(source) is { } query)
                Add(call, model, query);
            return;
        }

        Add(call, model, SourceOf(call, model));
    }

    private void VisitOwnCall(IInvocationOperation call)
    {
        OwnSites.Add(new OwnCallSite(call, call.TargetMethod));
        if (!call.TargetMethod.ReturnsVoid && Tasks.ResultOf(call.TargetMethod.ReturnType) is INamedTypeSymbol { SpecialType: SpecialType.None } result && context.Models.Of(result)?.IsResource == true)
            AddAcquired(call);
    }

    private void VisitText(IPropertySymbol property, ISimpleAssignmentOperation assignment)
    {
        if (context.Models.Of(property) is { } model)
        {
            if (model.Plays("return", ParameterRole.Sql))
                AddSql(assignment.Value, assignment, null);
        }
        else if (SqlWords.StartsAsSql(assignment.Value))
        {
            AddSql(assignment.Value, assignment, property);
        }
    }

    private void AddSql(IOperation text, IOperation site, ISymbol? declared) => SqlSites.Add(new SqlSite(text, site, declared));

    private void VisitStatic(ISymbol member, IOperation value, IOperation site)
    {
        if (!member.IsStatic || Operations.TypeOf(member) is not { } type || context.Models.Of(type) is not { } model || !(model.Has(TypeTraits.Connection) || model.Has(TypeTraits.Context)))
            return;
        HasResources = true;
        Static.Add(new StaticValue(member, value, site));
    }

    private void AddAcquired(IOperation operation)
    {
        HasResources = true;
        Acquired.Add(operation);
    }

    /// <summary>Reading or setting a property runs its accessor.</summary>
    private void VisitProperty(IPropertyReferenceOperation reference)
    {
        bool isSet = reference.Parent is ISimpleAssignmentOperation target && target.Target == reference;
        if (isSet && reference.Property.Type.SpecialType == SpecialType.System_String && reference.Parent is ISimpleAssignmentOperation assignment)
            VisitText(reference.Property, assignment);
        if (!context.Own.MayContain(reference.Property))
            return;
        IMethodSymbol? accessor = isSet ? reference.Property.SetMethod : reference.Property.GetMethod;
        if (accessor is not null && context.Own.Contains(accessor) && context.Own.HasCode(accessor) && context.Models.Of(reference.Property) is null)
            OwnSites.Add(new OwnCallSite(reference, accessor));
    }

    private bool RunsDelegate(IParameterSymbol parameter) =>
        parameter.Type.TypeKind == TypeKind.Delegate && (context.Vocabulary.RunsPerElement(parameter.OriginalDefinition) || context.Vocabulary.RunsOnce(parameter.OriginalDefinition));

    /// <summary>A delegate that an operator runs: a method that is named, or a variable. What stands in a lambda is found by itself.</summary>
    private void VisitDelegate(IOperation value)
    {
        switch (value)
        {
            case IDelegateCreationOperation { Target: IMethodReferenceOperation reference }:
                AddOwn(reference, reference.Method);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation:
                OwnSites.Add(new OwnCallSite(value, null));
                break;
        }
    }

    private void AddOwn(IOperation operation, IMethodSymbol method)
    {
        if (context.Own.Contains(method))
            OwnSites.Add(new OwnCallSite(operation, method));
    }

    private static IOperation? SourceOf(IInvocationOperation call, MemberModel model)
    {
        if (!model.Parameters.TryGetValue(ParameterRole.Source, out string? name))
            return null;
        return name == "this" ? call.Instance : Operations.Argument(call, name) ?? Operations.Receiver(call);
    }

    /// <summary>
    /// The query that enumerating a sequence runs: the sequence itself, or what operators in memory stand on where a query left the store
    /// (<c>AsEnumerable</c>). Null when the code shows none.
    /// </summary>
    private IOperation? QueryBehind(IOperation sequence)
    {
        IOperation current = Operations.Unwrap(sequence);
        while (true)
        {
            if (context.Types.IsQueryable(current.Type))
                return current;
            if (current is not IInvocationOperation call
                || context.Models.Of(call.TargetMethod) is not { } model
                || (model.Effect & (DbEffect.Lazy | DbEffect.LeavesStore)) == 0
                || Operations.Receiver(call) is not { } receiver)
            {
                return null;
            }

            current = Operations.Unwrap(receiver);
        }
    }

    private void Add(IOperation operation, MemberModel? model, IOperation? source) => Sites.Add(new CallSite(operation, model, source));
}
