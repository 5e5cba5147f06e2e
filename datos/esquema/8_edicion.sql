-- Codificar entre varias personas: cada lectura, cada división en unidades y cada
-- versión del libro.

create table lecturas (
    enunciado_id varchar not null references enunciados (enunciado_id),
    libro_id varchar not null references libros (libro_id),
    codificador_id varchar not null references codificadores (codificador_id),
    momento timestamp not null,
    es_adjudicacion boolean not null,
    nota varchar,
    version integer not null check (version >= 1),
    primary key (enunciado_id, libro_id, codificador_id)
);
comment on table lecturas is 'Una lectura completa de un enunciado por alguien: sus códigos están en codificaciones.';
comment on column lecturas.enunciado_id is 'Enunciado leído.';
comment on column lecturas.libro_id is 'Versión del libro de códigos.';
comment on column lecturas.codificador_id is 'Quién lo leyó.';
comment on column lecturas.momento is 'Cuándo se guardó, en UTC.';
comment on column lecturas.es_adjudicacion is 'true si decide entre lecturas: no entra en las cifras de acuerdo.';
comment on column lecturas.nota is 'Duda o razón de quien leyó, si la dejó.';
comment on column lecturas.version is 'Número de versión de la fila, desde 1.';

create table segmentaciones (
    documento_id varchar not null references documentos (documento_id),
    tema_dialogo_id varchar not null references temas_dialogo (tema_dialogo_id),
    parrafo integer not null check (parrafo >= 1),
    codificador_id varchar not null references codificadores (codificador_id),
    cortes integer[] not null check (length(cortes) >= 1),
    momento timestamp not null,
    version integer not null check (version >= 1),
    primary key (documento_id, tema_dialogo_id, parrafo, codificador_id)
);
comment on table segmentaciones is 'Cómo dividió alguien un párrafo en unidades, sin ver otra división.';
comment on column segmentaciones.documento_id is 'Documento.';
comment on column segmentaciones.tema_dialogo_id is 'Tema en cuyas conclusiones está el párrafo.';
comment on column segmentaciones.parrafo is 'Párrafo dentro de las conclusiones del tema, desde 1.';
comment on column segmentaciones.codificador_id is 'Quién lo dividió.';
comment on column segmentaciones.cortes is 'Último carácter de cada unidad, desde 1, en orden; el final del párrafo incluido.';
comment on column segmentaciones.momento is 'Cuándo se guardó, en UTC.';
comment on column segmentaciones.version is 'Número de versión de la fila, desde 1.';

create table libros_versiones (
    libro_id varchar primary key references libros (libro_id),
    desde_libro_id varchar not null references libros (libro_id),
    motivo varchar not null,
    publicado timestamp,
    version integer not null check (version >= 1),
    check (libro_id <> desde_libro_id)
);
comment on table libros_versiones is 'De qué versión del libro se copió cada una y por qué. La primera no figura.';
comment on column libros_versiones.libro_id is 'Versión nueva.';
comment on column libros_versiones.desde_libro_id is 'Versión de la que se copió.';
comment on column libros_versiones.motivo is 'Por qué se cambia.';
comment on column libros_versiones.publicado is 'Desde cuándo se codifica con ella, en UTC; vacío mientras se prepara.';
comment on column libros_versiones.version is 'Número de versión de la fila, desde 1.';
