using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Facula.Conventions.Tests;

/// <summary>
/// Which source file uses which: read from the compiled assembly, where every method knows its source file by the debug symbols
/// and its instructions name what it uses. Nested partial classes make C#'s own namespaces useless for this.
/// </summary>
internal sealed class CodeMap : IDisposable
{
    /// <summary>Something in a file uses a member of a file, or of another assembly (<c>[Name]</c>).</summary>
    internal readonly record struct Use(string From, string To, string Member);

    private static readonly Dictionary<int, OperandType> s_operands = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => (int)(ushort)o.Value, o => o.OperandType);

    private readonly PEReader _image;
    private readonly MetadataReader _code;
    private readonly MetadataReaderProvider _symbolFile;
    private readonly MetadataReader _symbols;
    private readonly Dictionary<MethodDefinitionHandle, string> _documents = [];
    private readonly Dictionary<TypeDefinitionHandle, string?> _typeDocuments = [];

    internal CodeMap(string assembly)
    {
        _image = new PEReader(File.OpenRead(assembly));
        _code = _image.GetMetadataReader();
        _symbolFile = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly, ".pdb")));
        _symbols = _symbolFile.GetMetadataReader();
        foreach (MethodDefinitionHandle method in _code.MethodDefinitions)
            if (DocumentOf(method) is { } document) _documents[method] = document;
        foreach (TypeDefinitionHandle type in _code.TypeDefinitions)
        {
            // A type in several files (a partial class) belongs to none of them.
            string[] files = [.. _code.GetTypeDefinition(type).GetMethods().Where(_documents.ContainsKey).Select(m => _documents[m]).Distinct()];
            _typeDocuments[type] = files.Length == 1 ? files[0] : null;
        }
    }

    private string? DocumentOf(MethodDefinitionHandle method)
    {
        MethodDebugInformation debug = _symbols.GetMethodDebugInformation(method);
        DocumentHandle document = debug.Document;
        if (document.IsNil) document = debug.GetSequencePoints().Select(p => p.Document).FirstOrDefault();
        return document.IsNil ? null : Repository.Relative(_symbols.GetString(_symbols.GetDocument(document).Name));
    }

    internal IEnumerable<Use> Uses()
    {
        foreach ((MethodDefinitionHandle method, string from) in _documents)
        {
            int address = _code.GetMethodDefinition(method).RelativeVirtualAddress;
            if (address == 0) continue;
            foreach (EntityHandle used in Tokens(_image.GetMethodBody(address).GetILBytes()!))
                if (Resolve(used) is var (to, member) && to != from) yield return new Use(from, to, member);
        }
    }

    private static IEnumerable<EntityHandle> Tokens(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            int op = code[at++];
            if (op == 0xFE) op = 0xFE00 | code[at++];
            switch (s_operands[op])
            {
                case OperandType.InlineNone: break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: at++; break;
                case OperandType.InlineVar: at += 2; break;
                case OperandType.InlineI8 or OperandType.InlineR: at += 8; break;
                case OperandType.InlineSwitch: at += 4 + 4 * BitConverter.ToInt32(code, at); break;
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    yield return (EntityHandle)MetadataTokens.Handle(BitConverter.ToInt32(code, at));
                    at += 4;
                    break;
                default: at += 4; break;
            }
        }
    }

    private (string To, string Member)? Resolve(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition method = _code.GetMethodDefinition((MethodDefinitionHandle)handle);
                string name = NameOf(method.GetDeclaringType()) + "." + _code.GetString(method.Name);
                return _documents.TryGetValue((MethodDefinitionHandle)handle, out string? file) ? (file, name)
                    : _typeDocuments.GetValueOrDefault(method.GetDeclaringType()) is { } home ? (home, name) : null;
            case HandleKind.FieldDefinition:
                FieldDefinition field = _code.GetFieldDefinition((FieldDefinitionHandle)handle);
                return OfType(field.GetDeclaringType(), _code.GetString(field.Name));
            case HandleKind.TypeDefinition: return OfType((TypeDefinitionHandle)handle, "");
            case HandleKind.MethodSpecification: return Resolve(_code.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MemberReference:
                MemberReference member = _code.GetMemberReference((MemberReferenceHandle)handle);
                return Resolve(member.Parent) is var (to, owner) ? (to, owner + "." + _code.GetString(member.Name)) : null;
            case HandleKind.TypeReference: return OfReference((TypeReferenceHandle)handle);
            case HandleKind.TypeSpecification:
                return Resolve(_code.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(GenericDefinition.Instance, null));
            default: return null;
        }
    }

    private (string, string)? OfType(TypeDefinitionHandle type, string member) =>
        _typeDocuments.GetValueOrDefault(type) is { } home ? (home, NameOf(type) + (member.Length > 0 ? "." + member : "")) : null;

    private (string, string)? OfReference(TypeReferenceHandle handle)
    {
        TypeReference type = _code.GetTypeReference(handle);
        EntityHandle scope = type.ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference) scope = _code.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        if (scope.Kind != HandleKind.AssemblyReference) return null;
        string assembly = _code.GetString(_code.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
        return ($"[{assembly}]", _code.GetString(type.Name));
    }

    private string NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _code.GetTypeDefinition(handle);
        string name = _code.GetString(type.Name);
        return type.GetDeclaringType().IsNil ? name : NameOf(type.GetDeclaringType()) + "." + name;
    }

    public void Dispose()
    {
        _image.Dispose();
        _symbolFile.Dispose();
    }

    /// <summary>The definition behind an instantiated, array or pointer type.</summary>
    private sealed class GenericDefinition : ISignatureTypeProvider<EntityHandle, object?>
    {
        internal static readonly GenericDefinition Instance = new();

        public EntityHandle GetArrayType(EntityHandle elementType, ArrayShape shape) => elementType;
        public EntityHandle GetByReferenceType(EntityHandle elementType) => elementType;
        public EntityHandle GetFunctionPointerType(MethodSignature<EntityHandle> signature) => default;
        public EntityHandle GetGenericInstantiation(EntityHandle genericType, ImmutableArray<EntityHandle> typeArguments) => genericType;
        public EntityHandle GetGenericMethodParameter(object? genericContext, int index) => default;
        public EntityHandle GetGenericTypeParameter(object? genericContext, int index) => default;
        public EntityHandle GetModifiedType(EntityHandle modifier, EntityHandle unmodifiedType, bool isRequired) => unmodifiedType;
        public EntityHandle GetPinnedType(EntityHandle elementType) => elementType;
        public EntityHandle GetPointerType(EntityHandle elementType) => elementType;
        public EntityHandle GetPrimitiveType(PrimitiveTypeCode typeCode) => default;
        public EntityHandle GetSZArrayType(EntityHandle elementType) => elementType;
        public EntityHandle GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => handle;
        public EntityHandle GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => handle;
        public EntityHandle GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => handle;
    }
}
