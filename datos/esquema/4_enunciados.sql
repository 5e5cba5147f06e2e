-- Lo dicho y dónde consta.

create table enunciados (
    enunciado_id varchar primary key,
    tema_dialogo_id varchar not null references temas_dialogo (tema_dialogo_id),
    mesa_id varchar references mesas (mesa_id),
    pregunta_id varchar references preguntas (pregunta_id),
    nivel_atribucion varchar not null
    check (nivel_atribucion in ('mesa', 'tema', 'plenario')),
    orden integer not null check (orden >= 1),
    texto varchar not null check (length(texto) between 1 and 2000),
    certeza varchar not null check (certeza in ('alta', 'media', 'baja')),
    -- Sin llave foránea: DuckDB no la acepta hacia la misma tabla dentro de una misma
    -- inserción. La revisa pruebas/enunciados_de_su_tema.sql.
    reitera_a varchar,
    unique (tema_dialogo_id, orden),
    check ((nivel_atribucion = 'mesa') = (mesa_id is not null))
);
comment on table enunciados is 'Una acción que se pide o un juicio que se hace, con su objeto.';
comment on column enunciados.enunciado_id is 'Clave del enunciado.';
comment on column enunciados.tema_dialogo_id is 'Tema en que se dijo.';
comment on column enunciados.mesa_id is 'Mesa que lo dijo; vacío si el documento no separa las mesas.';
comment on column enunciados.pregunta_id is 'Bloque que responde; vacío si no responde a ninguno.';
comment on column enunciados.nivel_atribucion is 'Uno de: mesa, tema (registro conjunto de sus mesas), plenario.';
comment on column enunciados.orden is 'Orden en que aparece dentro del tema, desde 1.';
comment on column enunciados.texto is 'El enunciado en palabras propias; el pasaje original está en su cita.';
comment on column enunciados.certeza is 'Uno de: alta (el pasaje lo dice), media (algo se infiere), baja (redacción ambigua).';
comment on column enunciados.reitera_a is 'Enunciado anterior del mismo tema que este repite, si lo hay.';

create table citas (
    cita_id varchar primary key,
    enunciado_id varchar not null references enunciados (enunciado_id),
    documento_id varchar not null references documentos (documento_id),
    seccion varchar not null,
    parrafo integer not null check (parrafo >= 1),
    primer_caracter integer not null check (primer_caracter >= 1),
    ultimo_caracter integer not null,
    sha256 varchar not null check (regexp_full_match(sha256, '[0-9a-f]{64}')),
    check (ultimo_caracter >= primer_caracter)
);
comment on table citas is 'El pasaje del documento que sostiene un enunciado.';
comment on column citas.cita_id is 'Clave de la cita.';
comment on column citas.enunciado_id is 'Enunciado que sostiene.';
comment on column citas.documento_id is 'Documento donde está el pasaje.';
comment on column citas.seccion is 'Sección del documento.';
comment on column citas.parrafo is 'Párrafo dentro de las conclusiones del tema, desde 1, con las líneas ya unidas.';
comment on column citas.primer_caracter is 'Primer carácter dentro del párrafo, desde 1.';
comment on column citas.ultimo_caracter is 'Último carácter, inclusive.';
comment on column citas.sha256 is 'Huella SHA-256 del pasaje en UTF-8, 64 cifras hexadecimales en minúscula.';
